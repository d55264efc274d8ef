@echo off
rem Opens the notebooks in JupyterLab without a POSIX shell. Arguments go to JupyterLab.
set "launcher=java"
if defined JAVA_HOME set "launcher=%JAVA_HOME%\bin\java"
"%launcher%" "%~dp0..\jshell-scripts\src\main\java\verydeep\scripts\Launch.java" "%~dp0.." notebooks %*
