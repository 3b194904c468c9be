"""Spreadsheets <-> rulebooks: a workbook, or a folder of CSV.

yaml_edits    a YAML text and edits to it -> the text with these edits
csv_edits     a CSV file and its records as they are to be -> the file with these
workbook      a rulebook as sheets, each cell with its place in the rulebook
columns       which columns each sheet has
case_tables   a CSV file of cases -> rows of the sheet of cases
layout        a rulebook and its files -> a workbook
grid          the cells of a sheet as it came back
inspection    an XLSX file that anybody may have made -> one that holds only sheets
xlsx_writing  a workbook -> an XLSX file
xlsx_reading  an XLSX file -> its sheets
case_sheet    a workbook that anybody filled in -> the cases on one of its sheets
csv_folder    a workbook <-> a folder of CSV files
csv_zip       a folder of CSV files <-> one ZIP file
matching      rows as they were and as they came back -> which came from which
returned      a workbook and its sheets as they came back -> the edits between them
applied       edits -> the files of a rulebook with them, mistakes at their cells
cell_numbers  the cells of a column that people wrote -> the numbers or days that they mean
guessed_columns  the cells of a column that anybody wrote -> what kind of fact it asks about
table_place   a sheet that anybody wrote -> where its one table is
single_table  a sheet with one table, not written by whytune -> a rulebook
both_ways     a rulebook -> a workbook or a folder of CSV, and back
"""
