"""Charts: drawn for print (`static_*`) and for the screen (`plotly_*`)."""
