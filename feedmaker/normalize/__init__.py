"""Raw values in, values out: addresses, dates, text, people, pictures, tags, HTML, identity. Nothing here fetches."""
