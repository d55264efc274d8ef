@echo off
rem Runs a script of this folder without a POSIX shell: run NAME [key=value ...].
set "launcher=java"
if defined JAVA_HOME set "launcher=%JAVA_HOME%\bin\java"
"%launcher%" "%~dp0src\main\java\verydeep\scripts\Launch.java" "%~dp0.." run %*
