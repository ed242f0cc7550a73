"""The referral network as pure functions: who refers to whom, what one may see, and its picture.

The way of a number: rows of one aggregate query become a graph (`graph`), the graph is narrowed
to what one viewer may see (`ties`), perhaps to one neighbourhood (`ego`), laid out in islands
(`layout`) and turned into flat arrays for the browser (`picture`) or a drawing (`svg`).
"""
