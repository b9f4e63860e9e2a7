//! Deliberately broken variants, see `emetis_common::mutants`.
