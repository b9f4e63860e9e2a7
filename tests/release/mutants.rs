//! A released program contains no deliberately broken variant.

use alloy_primitives::keccak256;
use emetis::artifacts::{Artifact, Builder};
use wasmparser::{Operator, Parser, Payload};

/// What the number of the active variant is stored under: the hash of this text.
const SLOT: &str = "emetis.mutant";

/// Whether the text occurs anywhere in a program.
fn names_the_slot(program: &Artifact) -> bool {
    program.wasm.windows(SLOT.len()).any(|bytes| bytes == SLOT.as_bytes())
}

/// Whether the hash of the text occurs: in one piece, or a quarter of it as a number in the code.
fn knows_the_slot(program: &Artifact) -> bool {
    let slot = keccak256(SLOT);
    let quarters: Vec<[u8; 8]> = slot.chunks(8).map(|part| part.try_into().unwrap()).collect();
    let is_quarter = |value: i64| {
        quarters.contains(&value.to_be_bytes()) || quarters.contains(&value.to_le_bytes())
    };
    let whole = program.wasm.windows(slot.len()).any(|bytes| bytes == slot.as_slice());
    whole || constants(&program.wasm).into_iter().any(is_quarter)
}

/// All 64-bit constants in the code.
fn constants(wasm: &[u8]) -> Vec<i64> {
    let mut constants = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
        for operator in body.get_operators_reader().unwrap() {
            if let Operator::I64Const { value } = operator.unwrap() {
                constants.push(value);
            }
        }
    }
    constants
}

#[test]
fn no_program_of_a_release_knows_how_to_break() {
    let released = Builder::new().build().unwrap();

    assert!(!released.is_empty());
    for program in &released {
        assert!(program.features.is_empty());
        assert!(!names_the_slot(program), "{} names the slot of mutants", program.name);
        assert!(!knows_the_slot(program), "{} knows the slot of mutants", program.name);
        assert!(!constants(&program.wasm).is_empty(), "{}: nothing was searched", program.name);
    }
}

#[test]
fn every_program_of_the_extra_build_does() {
    let broken = Builder::new().mutants(true).build().unwrap();
    let released = Builder::new().build().unwrap();

    assert_eq!(broken.len(), released.len());
    for (broken, released) in broken.iter().zip(&released) {
        assert_eq!(broken.name, released.name);
        assert_eq!(broken.features, ["mutants"]);
        assert!(names_the_slot(broken) || knows_the_slot(broken), "{}", broken.name);
    }
}
