; The installer for Windows, for one person and without administrator's rights; built by build.py.
; -DVERSION=1.2.3 -DPROGRAM=<the built folder> -DOUT=<the installer to write>
Unicode true
SetCompressor /SOLID lzma
!include "MUI2.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\NovitaDesktop"

Name "Novita Desktop ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Novita Desktop"
RequestExecutionLevel user

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\novita-desktop.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "Japanese"

Section
  ; Files of an older version must not stay behind and be loaded by the new one.
  RMDir /r "$INSTDIR\lib"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  CreateShortcut "$SMPROGRAMS\Novita Desktop.lnk" "$INSTDIR\novita-desktop.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Novita Desktop"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Novita Desktop maintainers"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\novita-desktop.exe"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; The data folder stays: runs and presets belong to the person, not to the program.
Section "Uninstall"
  Delete "$SMPROGRAMS\Novita Desktop.lnk"
  RMDir /r "$INSTDIR\lib"
  Delete "$INSTDIR\novita-desktop.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
