Attribute VB_Name = "modButtons"
Option Explicit

' The buttons of the commune workbook that need no Python. Each Sub names what it does; the work is done in
' the other modules, the wording stands in the workbook (see Wording).

' Recalculate, count faults, go to the first one.
Public Sub TinhLaiVaKiemTra()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    RecalculateAndReport
    Exit Sub
Failed:
    AnnounceFailure Err.Description
End Sub

' Go to the next fault after the active cell; errors come before warnings.
Public Sub LoiTiepTheo()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    GoToNextFault
    Exit Sub
Failed:
    AnnounceFailure Err.Description
End Sub

' Bring back formulas, labels and formats that were pasted over; what was typed stays.
Public Sub KhoiPhucCongThuc()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    RestoreOriginals
    Exit Sub
Failed:
    AnnounceFailure Err.Description
End Sub

' Empty the figures after a second press; refused once a copy was exported.
Public Sub XoaSoLieu()
    On Error GoTo Failed
    BeginCommand
    ClearFigures
    Exit Sub
Failed:
    AnnounceFailure Err.Description
End Sub

' Write the locked copy to submit beside this workbook.
Public Sub XuatBanNop()
    On Error GoTo Failed
    BeginCommand
    ExportSubmission
    Exit Sub
Failed:
    Dim reason As String
    reason = Err.Description
    DiscardCopy
    AnnounceFailure reason
End Sub

' Read the table pasted from Word and show what would be written where.
Public Sub DocBangDan()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    ReadPastedTable
    Exit Sub
Failed:
    AnnouncePasteFailure Err.Description
End Sub

' Write the rows that are still ticked.
Public Sub GhiBangDan()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    WriteTickedRows
    Exit Sub
Failed:
    AnnouncePasteFailure Err.Description
End Sub

' Empty the paste area.
Public Sub XoaVungDan()
    On Error GoTo Failed
    BeginCommand
    ForgetPending
    ClearPasteArea
    Exit Sub
Failed:
    AnnouncePasteFailure Err.Description
End Sub
