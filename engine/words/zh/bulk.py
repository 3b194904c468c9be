"""Many cases at once."""

PHRASES: dict[str, str] = {
    "bulk_answered": "已回答 {rows} 行，其中不同的案例有 {kinds} 个",
    "bulk_refused": "已回答 {rows} 行；{refused} 行未获回答，原因见 `{error}` 列；不同的案例有 {kinds} 个",
    "spark_answered": "Spark 已回答 {rows} 行；{refused} 行未获回答（原因见 `{error}` 列）",
    "bulk_progress": "{rows} 行",
    "bulk_kinds": "{kinds} 种不同的行",
    "bulk_idle_column": "`{column}` 列不是事实，原样保留：{hint}",
    "bulk_taken": "作为事实读取的列：{columns}",
    "bulk_taken_as": "{column}（作为 {fact}）",
    "bulk_passed_on": "其余各列原样保留：{columns}",
    "bulk_absent": "--map 指明、但各行都没有的列：{columns}",
    "python_rows_so_far": (
        "已给出 {count} 个答案。答案在取用时才算出：`for answer in answers`、`list(answers)`，"
        "或用 `pandas.DataFrame(answers)` 做成表格。"
    ),
    "python_left_out": "其余各列未予采用：{columns}",
    "python_absent_column": "`facts` 指明、但各行都没有的列：{columns}",
    "python_idle_column": "`{column}` 不是事实，未予采用：{hint}",
}

SENTENCES: dict[str, str] = {
    "no column is a fact: {columns}": "没有一列是事实：{columns}",
    "name the columns as facts (`whytune facts` lists them), or say which is which: --map column=fact": (
        "请以事实的名称命名各列（`whytune facts` 可列出所有事实），或指明对应关系：--map 列=事实"
    ),
    "name the columns as facts (`facts` of the rulebook lists them), or say which is which: "
    'facts={{"column": "fact"}}': (
        '请以事实的名称命名各列（规则库的 `facts` 列出所有事实），或指明对应关系：facts={{"列": "事实"}}'
    ),
    "`{fact}` is given by several columns": "有多列给出了 `{fact}`",
    "`{column}` is a column of the table and of the answers": "`{column}` 既是表中的列，又是答案的列",
    "put something before the answers: --prefix whytune_": "请给答案的列名加上前缀：--prefix whytune_",
    "give the column another name": "请给该列换一个名称",
    "`{file}` is not a table that whytune reads": "`{file}` 不是 whytune 能读取的表格",
    "it reads .csv, .tsv, .xlsx, .jsonl and .parquet; --format says which where a name does not": (
        "可读取 .csv、.tsv、.xlsx、.jsonl 和 .parquet；文件名看不出格式时，请用 --format 指明"
    ),
    "a line of more than {most:,} letters": "一行超过 {most:,} 个字符",
    "a table without columns": "表格没有列",
    "two columns are called `{name}`": "有两列都叫 `{name}`",
    "{count} values for {columns} columns": "{columns} 列却有 {count} 个值",
    "{message}; beyond them: {rest}": "{message}；多出的是：{rest}",
    "`{rows}` holds no rows, each with its facts by name": "`{rows}` 中没有行；每行须按名称给出事实",
    "one task is asked about by `case(...)`; to ask about many, put each into a list": (
        "一项任务请用 `case(...)`；多项任务请逐项放入列表"
    ),
    'read a file first: `csv.DictReader(open("tasks.csv", encoding="utf-8-sig"))`, or a frame': (
        '请先读取文件：`csv.DictReader(open("tasks.csv", encoding="utf-8-sig"))`，或使用数据框'
    ),
    "leave it out where nothing is known": "不清楚就不必给出这一项",
    "leave it out where nothing is known; a row of a table becomes a case by `decide(rows).case(row)`": (
        "不清楚就不必给出这一项；表格中的一行可用 `decide(rows).case(row)` 变成案例"
    ),
    "a row names a fact for each value, which `{row}` does not": "每行须写明各个值属于哪个事实，而 `{row}` 没有",
    'write it as {{"examples": 100}}': '请写成 {{"examples": 100}}',
    # Parquet
    "Parquet is read from a file, and written to one": "Parquet 只能从文件读取，并写入文件",
    "name both: whytune bulk tasks.parquet -o advised.parquet": (
        "请写明两个文件：whytune bulk tasks.parquet -o advised.parquet"
    ),
    "it cannot be read as Parquet: {reason}": "无法作为 Parquet 读取：{reason}",
    "`duckdb`, which reads frames and Parquet, is not installed": "未安装读取数据框和 Parquet 所需的 `duckdb`",
    "the rows of this {kind} cannot be read: {reason}": "无法读取该 {kind} 的行：{reason}",
    # Spark
    "`pyspark`, which runs Spark, is not installed": "未安装运行 Spark 所需的 `pyspark`",
    "the rows cannot be answered by Spark: {reason}": "Spark 无法回答这些行：{reason}",
    "it takes Java 17; `{master}` must be there, and the rows must be Parquet": (
        "需要 Java 17；`{master}` 须可连接，各行须为 Parquet 格式"
    ),
    # SQL
    "`{name}` is not a name of a table": "`{name}` 不是表名",
    'for example: "work.tasks"': '例如："work.tasks"',
    "for example: --table work.tasks": "例如：--table work.tasks",
    "no statement can be written for `{name}`": "无法为 `{name}` 生成语句",
    "`{fact}` takes several values, of which SQL reads each in a column": (
        "`{fact}` 可有多个取值，在 SQL 中须每个取值各占一列"
    ),
    "give it as {columns}": "请用这些列给出：{columns}",
    "the statement has a query of {count:,} columns, and {database} takes {most:,}": (
        "语句中有一个查询多达 {count:,} 列，而 {database} 最多 {most:,} 列"
    ),
    "write it for another database, or split the rulebook": "请换一种数据库，或拆分规则库",
    "`{pair}` is not of the form COLUMN=FACT": "`{pair}` 的写法不是 列=事实",
    "not JSON": "不是 JSON",
    "not a JSON object": "不是 JSON 对象",
    "`{key}` appears twice": "`{key}` 出现了两次",
}
