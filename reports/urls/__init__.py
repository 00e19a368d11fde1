"""Addresses of reports: pages across records, officers' reports, petitions, notifications."""
