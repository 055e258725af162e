"""The fixtures that pandas' own tests of extension arrays ask for, as pandas gives them."""

from pandas.tests.extension.conftest import (  # noqa: F401 - pytest finds them by their names
    all_arithmetic_operators,
    all_boolean_reductions,
    all_data,
    all_numeric_accumulations,
    all_numeric_reductions,
    all_reductions,
    as_array,
    as_frame,
    as_series,
    box_in_series,
    comparison_op,
    data_repeated,
    fillna_method,
    groupby_apply_op,
    invalid_scalar,
    na_value,
    use_numpy,
    using_nan_is_na,
)
