"""The auditor's working papers: samples of figures with all that stands behind them."""
