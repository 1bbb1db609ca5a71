Attribute VB_Name = "modWording"
Option Explicit

' VBA source is ASCII, so every text an officer reads stands in the very hidden sheet of originals, by key.

' The text of a key.
Public Function Phrase(ByVal key As String) As String
    Dim entries As Variant
    Dim i As Long
    entries = NamedRange("cchc_nut_cau").Value
    For i = 1 To UBound(entries, 1)
        If entries(i, 1) = key Then
            Phrase = entries(i, 2)
            Exit Function
        End If
    Next i
    Phrase = key
End Function

' The text of a key with {1}, {2} ... filled in.
Public Function Filled(ByVal key As String, ByVal parts As Variant) As String
    Dim i As Long
    Filled = Phrase(key)
    For i = 0 To UBound(parts)
        Filled = Replace(Filled, "{" & (i + 1) & "}", CStr(parts(i)))
    Next i
End Function

' Show a message in the message line of the main sheet.
Public Sub Announce(ByVal message As String)
    WriteLocked NamedRange("cchc_trang_thai"), message
End Sub

Public Sub AnnounceFailure(ByVal reason As String)
    StopSafely
    On Error Resume Next
    Announce Filled("failed", Array(reason))
End Sub

' Show a message in the message line of the paste sheet.
Public Sub AnnouncePaste(ByVal message As String)
    WriteLocked NamedRange("cchc_nut_dan_thong_bao"), message
End Sub

Public Sub AnnouncePasteFailure(ByVal reason As String)
    StopSafely
    On Error Resume Next
    AnnouncePaste Filled("failed", Array(reason))
End Sub

' Date and time as people write them here, whatever this computer's settings.
Public Function Moment(ByVal when As Date) As String
    Moment = TwoDigits(Hour(when)) & ":" & TwoDigits(Minute(when)) & " " & TwoDigits(Day(when)) & "/" & _
        TwoDigits(Month(when)) & "/" & Year(when)
End Function

Private Function TwoDigits(ByVal number As Long) As String
    TwoDigits = Right("0" & number, 2)
End Function
