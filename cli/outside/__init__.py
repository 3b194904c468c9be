"""The world around a command.

files           writing files: all of a file or none of it
picture_output  which picture is asked for, and where it goes
parquet_keys    columns of a Parquet file -> what tells apart rows that may be answered otherwise
parquet         a Parquet file of tasks -> the same rows with their answers
spark           Parquet folders of tasks -> the same rows with their answers, by Spark
git             a rulebook as it stood in a commit
confirmations   when somebody confirmed that all languages of a rulebook say the same
"""
