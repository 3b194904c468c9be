"""Many cases at once."""

PHRASES: dict[str, str] = {
    "bulk_answered": "Rows answered: {rows}; different cases among them: {kinds}",
    "bulk_refused": (
        "Rows answered: {rows}; refused: {refused}, see the column `{error}`; different cases among them: {kinds}"
    ),
    "spark_answered": "Rows answered by Spark: {rows}; refused: {refused} (the column `{error}` says why)",
    "bulk_progress": "{rows} rows",
    "bulk_kinds": "{kinds} different rows",
    "bulk_idle_column": "The column `{column}` is not a fact and is kept as it is: {hint}",
    "bulk_taken": "Columns read as facts: {columns}",
    "bulk_taken_as": "{column} (as {fact})",
    "bulk_passed_on": "Other columns, kept as they are: {columns}",
    "bulk_absent": "Columns named by --map that no row has: {columns}",
    "python_rows_so_far": (
        "Answers given so far: {count}. Each is worked out when it is asked for: `for answer in answers`, "
        "`list(answers)`, or `pandas.DataFrame(answers)` for a table."
    ),
    "python_left_out": "Other columns, left out: {columns}",
    "python_absent_column": "`facts` names columns that no row has: {columns}",
    "python_idle_column": "`{column}` is not a fact and is left out: {hint}",
}
