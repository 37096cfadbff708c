@echo off
rem Pulumi starts this; it starts the plugin with the Node.js on PATH.
where node >nul 2>nul
if errorlevel 1 (
  echo pulumi-resource-thinkgeo needs Node.js 22.19.0 or newer, and there is no node on PATH: install it, and put it on PATH. 1>&2
  exit /b 1
)
node "%~dp0main.js" %*
exit /b %ERRORLEVEL%
