Attribute VB_Name = "modNumbers"
Option Explicit

' Number texts in Vietnamese or English notation: every reading that is valid for a row, never a guess.
' A reading is plain digits with "." as decimal mark, so that nothing depends on this computer's settings.

Private Const LONGEST As Long = 40
Private Const PLAIN As String = "%+,-.0123456789="
Private Const LARGEST As Double = 999999999999999#

' The distinct valid readings of a text, joined by "|"; "" when there is none.
Public Function ValidReadings(ByVal typed As String, ByVal kind As String, ByVal maximum As Variant) As String
    Dim body As String
    Dim isPercent As Boolean
    Dim separators As Variant
    Dim digits As String
    Dim found As String
    If Len(typed) > LONGEST Then Exit Function
    body = WithoutOuterBlanks(typed)
    If Left(body, 1) = "=" Then body = WithoutOuterBlanks(Mid(body, 2))
    If Left(body, 1) = "+" Then body = WithoutOuterBlanks(Mid(body, 2))
    isPercent = (Right(body, 1) = "%")
    If isPercent Then body = WithoutOuterBlanks(Left(body, Len(body) - 1))
    For Each separators In Array(".,", ",.", " ,", " .")
        digits = PlainDigits(body, Left(separators, 1), Right(separators, 1))
        If digits <> "" Then AddValid found, digits, isPercent, kind, maximum
    Next separators
    ValidReadings = found
End Function

' The number of a reading.
Public Function NumberOf(ByVal reading As String) As Double
    NumberOf = Val(reading)
End Function

' A reading as people write it here: "5.650,5".
Public Function WrittenHere(ByVal reading As String) As String
    Dim whole As String
    Dim mark As Long
    Dim grouped As String
    mark = InStr(1, reading & ".", ".")
    whole = Left(reading, mark - 1)
    Do While Len(whole) > 3
        grouped = "." & Right(whole, 3) & grouped
        whole = Left(whole, Len(whole) - 3)
    Loop
    WrittenHere = whole & grouped
    If mark <= Len(reading) Then WrittenHere = WrittenHere & "," & Mid(reading, mark + 1)
End Function

' Blanks of every kind as plain ones, none outside.
Public Function WithoutOuterBlanks(ByVal typed As String) As String
    Dim code As Variant
    WithoutOuterBlanks = AsSeen(typed)
    For Each code In Array(9, 10, 13, 160, 8199, 8201, 8239)
        WithoutOuterBlanks = Replace(WithoutOuterBlanks, ChrW(code), " ")
    Next code
    WithoutOuterBlanks = Trim(WithoutOuterBlanks)
End Function

' Marks nobody sees taken out, full-width characters as plain ones.
Private Function AsSeen(ByVal typed As String) As String
    Dim code As Variant
    Dim i As Long
    AsSeen = typed
    For Each code In Array(173, 8203, 8204, 8205, 8206, 8207, 8288, 65279)
        AsSeen = Replace(AsSeen, ChrW(code), "")
    Next code
    For i = 1 To Len(PLAIN)
        AsSeen = Replace(AsSeen, ChrW(65248 + Asc(Mid(PLAIN, i, 1))), Mid(PLAIN, i, 1))
    Next i
End Function

' A row without % sign may hold a fraction or percent points; a count takes no %.
Private Sub AddValid(ByRef found As String, ByVal digits As String, ByVal isPercent As Boolean, _
        ByVal kind As String, ByVal maximum As Variant)
    If kind = "ratio" Then
        If Not isPercent Then AddOnce found, digits, kind, maximum
        AddOnce found, HundredthOf(digits), kind, maximum
    ElseIf Not isPercent Then
        AddOnce found, digits, kind, maximum
    End If
End Sub

Private Sub AddOnce(ByRef found As String, ByVal digits As String, ByVal kind As String, _
        ByVal maximum As Variant)
    Dim reading As String
    reading = Canonical(digits)
    If Val(reading) > LARGEST Then Exit Sub
    If Not IsEmpty(maximum) Then
        If Val(reading) > maximum Then Exit Sub
    End If
    If kind = "ratio" And Val(reading) > 1 Then Exit Sub
    If (kind = "count" Or kind = "money") And InStr(1, reading, ".") > 0 Then Exit Sub
    If InStr(1, "|" & found & "|", "|" & reading & "|") > 0 Then Exit Sub
    If found <> "" Then found = found & "|"
    found = found & reading
End Sub

' "5.650,25" with group "." and mark "," is "5650.25"; "" when the text is not written that way.
Private Function PlainDigits(ByVal body As String, ByVal group As String, ByVal mark As String) As String
    Dim parts As Variant
    Dim whole As String
    parts = Split(body, mark)
    If UBound(parts) > 1 Or body = "" Then Exit Function
    whole = parts(0)
    If InStr(1, whole, group) > 0 Then
        If Not IsGrouped(Split(whole, group)) Then Exit Function
        whole = Replace(whole, group, "")
    End If
    If Not IsDigits(whole) Then Exit Function
    If UBound(parts) = 1 Then
        If Not IsDigits(parts(1)) Then Exit Function
        PlainDigits = whole & "." & parts(1)
    Else
        PlainDigits = whole & "."
    End If
End Function

' One to three digits without leading zero, then threes.
Private Function IsGrouped(ByVal parts As Variant) As Boolean
    Dim i As Long
    If Not IsDigits(parts(0)) Or Len(parts(0)) > 3 Or Left(parts(0), 1) = "0" Then Exit Function
    For i = 1 To UBound(parts)
        If Not IsDigits(parts(i)) Or Len(parts(i)) <> 3 Then Exit Function
    Next i
    IsGrouped = True
End Function

Private Function IsDigits(ByVal piece As String) As Boolean
    Dim i As Long
    For i = 1 To Len(piece)
        If InStr(1, "0123456789", Mid(piece, i, 1)) = 0 Then Exit Function
    Next i
    IsDigits = (Len(piece) > 0)
End Function

' The decimal mark two places to the left, digit by digit: division would round.
Private Function HundredthOf(ByVal digits As String) As String
    Dim mark As Long
    Dim whole As String
    mark = InStr(1, digits, ".")
    whole = "00" & Left(digits, mark - 1)
    HundredthOf = Left(whole, Len(whole) - 2) & "." & Right(whole, 2) & Mid(digits, mark + 1)
End Function

' No zeros in front, none at the end of the decimals.
Private Function Canonical(ByVal digits As String) As String
    Canonical = digits
    Do While Left(Canonical, 1) = "0" And Len(Canonical) > 1 And Mid(Canonical & ".", 2, 1) <> "."
        Canonical = Mid(Canonical, 2)
    Loop
    Do While InStr(1, Canonical, ".") > 0 And (Right(Canonical, 1) = "0" Or Right(Canonical, 1) = ".")
        Canonical = Left(Canonical, Len(Canonical) - 1)
    Loop
    If Canonical = "" Or Left(Canonical, 1) = "." Then Canonical = "0" & Canonical
End Function
