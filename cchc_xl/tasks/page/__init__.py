"""`cchc-xl page`: the offline page as one HTML file, out of its sources, this package and Pyodide."""
