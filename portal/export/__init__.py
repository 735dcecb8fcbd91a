"""What leaves the house for the public: dumps, tables, a static site and the catalogue that describes them, the same bytes for the same store."""
