@echo off
rem Opens JShell with the toolkit without a POSIX shell. Arguments go to jshell.
set "launcher=java"
if defined JAVA_HOME set "launcher=%JAVA_HOME%\bin\java"
"%launcher%" "%~dp0src\main\java\verydeep\scripts\Launch.java" "%~dp0.." shell %*
