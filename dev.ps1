# Sets up a working copy of Novita Desktop on Windows and works in it; ./dev is the same elsewhere.
#
#   .\dev.ps1 run [OPTIONS]    start the program (OPTIONS are its own, for example --demo)
#   .\dev.ps1 test [ARGS]      run the tests that need no Linux desktop; with ARGS, pytest with them
#   .\dev.ps1 check            format, lint, types and the import contracts
#   .\dev.ps1 setup            only set up .venv and the locked packages
param([string] $Command = "help", [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @())
$ErrorActionPreference = "Stop"
$tools = Join-Path $PSScriptRoot ".venv\Scripts"
$python = Join-Path $tools "python.exe"

function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Install-Packages {
    $stamp = Join-Path $PSScriptRoot ".venv\installed"
    $lock = Join-Path $PSScriptRoot "requirements.lock"
    $files = $lock, (Join-Path $PSScriptRoot "pyproject.toml")
    $wanted = (Get-FileHash $files).Hash -join " "
    if ((Test-Path $stamp) -and (Get-Content $stamp) -eq $wanted) { return }
    if (-not (Test-Path $python)) {
        $launcher = if (Get-Command py -ErrorAction SilentlyContinue) { "py" } else { "python" }
        Invoke-Checked $launcher @("-c", "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15) and 'Novita Desktop needs Python 3.11 to 3.14')")
        Invoke-Checked $launcher @("-m", "venv", (Join-Path $PSScriptRoot ".venv"))
    }
    $pip = @("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    Invoke-Checked $python ($pip + @("--require-hashes", "--requirement", $lock))
    Invoke-Checked $python ($pip + @("--no-deps", "--no-build-isolation", "--editable", $PSScriptRoot))
    Set-Content $stamp $wanted
}

switch ($Command) {
    "run" { Install-Packages; Invoke-Checked $python (@("-m", "novita_desktop") + $Rest) }
    "test" {
        Install-Packages
        Set-Location $PSScriptRoot
        $env:QT_QPA_PLATFORM = "offscreen"
        if ($Rest.Count -eq 0) { $Rest = @("-m", "not e2e and not secret_service") }
        Invoke-Checked $python (@("-m", "pytest") + $Rest)
    }
    "check" {
        Install-Packages
        Set-Location $PSScriptRoot
        Invoke-Checked "$tools\ruff.exe" @("format", "--check", ".")
        Invoke-Checked "$tools\ruff.exe" @("check", ".")
        Invoke-Checked "$tools\mypy.exe" @()
        Invoke-Checked "$tools\lint-imports.exe" @()
    }
    "setup" { Install-Packages }
    default { Get-Content $PSCommandPath -TotalCount 6 | ForEach-Object { $_.TrimStart("# ") } }
}
