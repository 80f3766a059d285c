//! Circuit boards drawn by program, with exact truth.
