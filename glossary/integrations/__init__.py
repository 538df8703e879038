"""The glossary inside other tools; each module is imported only where its tool is used."""
