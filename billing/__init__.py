"""What a commune may use, what it costs and how it is paid. Entitlements are written here and nowhere else.

Amounts are whole cents excluding VAT, VAT rates basis points, dates of service the commune's own. All tables are in the
public schema and name no account of a person: authors are e-mail addresses.
"""
