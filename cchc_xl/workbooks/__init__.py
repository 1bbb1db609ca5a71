"""What each workbook shows, as plans: the commune's, the city's control workbook, the city summary."""
