Attribute VB_Name = "modSheets"
Option Explicit

' Finding cells by name and sheets by code name, and writing into protected sheets.

Private lifted As Collection

' The cells of a defined name of the workbook a command works on.
Public Function NamedRange(ByVal cellName As String) As Object
    Set NamedRange = NamedRangeOf(CommandBook(), cellName)
End Function

Public Function NamedRangeOf(ByVal book As Object, ByVal cellName As String) As Object
    Set NamedRangeOf = book.Names(cellName).RefersToRange
End Function

' The sheet of a code name; officers may have renamed its tab.
Public Function SheetByCode(ByVal code As String) As Object
    Dim sheet As Object
    For Each sheet In CommandBook().Worksheets
        If sheet.CodeName = code Then
            Set SheetByCode = sheet
            Exit Function
        End If
    Next sheet
    Err.Raise 9, "SheetByCode", code
End Function

' Lift the protection of a sheet; the answer says whether there was any. A command that fails before Relock leaves
' the sheet to LockSheetsAgain.
Public Function LiftProtection(ByVal sheet As Object) As Boolean
    LiftProtection = sheet.ProtectContents
    If Not LiftProtection Then Exit Function
    If lifted Is Nothing Then Set lifted = New Collection
    lifted.Add sheet
    sheet.Unprotect
End Function

' A new command answers for the sheets it lifts itself, not for those somebody unprotected meanwhile.
Public Sub ForgetLifted()
    Set lifted = Nothing
End Sub

' Protect whatever the command lifted and has not protected since, whatever stopped it.
Public Sub LockSheetsAgain()
    Dim sheet As Object
    If lifted Is Nothing Then Exit Sub
    On Error Resume Next
    For Each sheet In lifted
        Relock sheet, Not sheet.ProtectContents
    Next sheet
    Set lifted = Nothing
End Sub

' Protect a sheet as it was issued: no password, columns and rows may be resized, lists filtered and sorted.
Public Sub Relock(ByVal sheet As Object, ByVal wasProtected As Boolean)
    Dim hasFilter As Boolean
    If Not wasProtected Then Exit Sub
    hasFilter = sheet.AutoFilterMode
    If hasFilter Then
        sheet.Protect "", True, True, True, False, False, True, True, False, False, False, False, False, _
            True, True
    Else
        sheet.Protect "", True, True, True, False, False, True, True
    End If
End Sub

' Write one value into a cell of a protected sheet.
Public Sub WriteLocked(ByVal cell As Object, ByVal content As Variant)
    Dim sheet As Object
    Dim wasProtected As Boolean
    Set sheet = cell.Worksheet
    wasProtected = LiftProtection(sheet)
    cell.Cells(1, 1).Value = content
    Relock sheet, wasProtected
End Sub

' Whether two cell contents are the same figure or the same text.
Public Function SameContent(ByVal one As Variant, ByVal other As Variant) As Boolean
    If IsError(one) Or IsError(other) Then Exit Function
    If IsBlankContent(one) Or IsBlankContent(other) Then
        SameContent = IsBlankContent(one) And IsBlankContent(other)
    ElseIf VarType(one) = vbString Or VarType(other) = vbString Then
        SameContent = (VarType(one) = VarType(other)) And (CStr(one) = CStr(other))
    Else
        SameContent = (CDbl(one) = CDbl(other))
    End If
End Function

Public Function IsBlankContent(ByVal content As Variant) As Boolean
    If IsError(content) Then Exit Function
    If IsEmpty(content) Then
        IsBlankContent = True
    ElseIf VarType(content) = vbString Then
        IsBlankContent = (Len(content) = 0)
    End If
End Function

' A cell's content as text, whatever it is.
Public Function TextOf(ByVal content As Variant) As String
    If IsError(content) Then
        TextOf = "#"
    ElseIf Not IsBlankContent(content) Then
        TextOf = CStr(content)
    End If
End Function
