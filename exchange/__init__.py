"""Rulebooks as other tools have them, in both directions.

crossing    what crosses: the files of an export or an import, with remarks
markup      XML -> elements with their places
fresh_names
            what others call things -> names of a rulebook
yaml_text   data -> YAML as a person would write it
folder      the folder of a rulebook -> the files in it that cross
dmn         decision models: DMN 1.1 to 1.6
sheets      spreadsheets: workbooks, and folders of CSV
file_kinds  the kinds of files that rulebooks can be exchanged in, by suffix
"""
