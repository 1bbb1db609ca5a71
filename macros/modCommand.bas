Attribute VB_Name = "modCommand"
Option Explicit

' How every native command begins, and how it ends when something stops it: no sheet stays unprotected.

Private Const CANCEL_RAISES_ERROR As Long = 2

Private pressed As Date

Public Sub BeginCommand()
    pressed = Clock()
    ForgetLifted
    On Error Resume Next
    ' Esc and Ctrl+Break become an error that the command's own handler meets.
    Application.EnableCancelKey = CANCEL_RAISES_ERROR
End Sub

' When the button was pressed: what a slow computer does afterwards is not the officer's time.
Public Function PressedAt() As Date
    PressedAt = pressed
End Function

Public Function Clock() As Date
    Clock = Now
End Function

Public Sub StopSafely()
    LockSheetsAgain
    On Error Resume Next
    Application.DisplayAlerts = True
    Application.ScreenUpdating = True
End Sub
