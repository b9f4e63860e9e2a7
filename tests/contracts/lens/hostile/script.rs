//! Contracts that answer from a list, in place of a program.

use super::super::kit::*;
use alloy_primitives::{Address, Bytes, U256};

/// What one program is asked, by calldata, and answers.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) program: Address,
    pub(super) answers: Vec<(Vec<u8>, Answer)>,
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// With these bytes.
    Words(Vec<u8>),
    /// By code that goes its own way.
    Code(Vec<u8>),
}

impl Script {
    /// Code that answers so, and fails without a word what is not in the script.
    pub(super) fn code(&self) -> Bytes {
        // Bytes of code that look for a question, that answer with words, and that know no answer.
        const LOOK: usize = 54;
        const TELL: usize = 16;
        const NONE: [u8; 5] = [0x60, 0, 0x60, 0, 0xfd];
        let size_of = |answer: &Answer| match answer {
            Answer::Words(_) => TELL,
            Answer::Code(code) => 1 + code.len(),
        };
        let bodies: usize = self.answers.iter().map(|(_, answer)| size_of(answer)).sum();
        let mut body_at = self.answers.len() * LOOK + NONE.len();
        // What could be taken for code comes last.
        let mut data_at = body_at + bodies;
        let (mut code, mut tail, mut data) = (Vec::new(), Vec::new(), Vec::<u8>::new());
        for (question, answer) in &self.answers {
            let mut argument = [0; 32];
            argument[..question.len() - 4].copy_from_slice(&question[4..]);
            // calldataload(4) == argument && calldataload(0) >> 224 == selector
            code.extend([0x60, 4, 0x35, 0x7f]);
            code.extend(argument);
            code.extend([0x14, 0x60, 0, 0x35, 0x60, 224, 0x1c, 0x63]);
            code.extend(&question[..4]);
            code.extend([0x14, 0x16, 0x61]);
            code.extend((body_at as u16).to_be_bytes());
            code.push(0x57);
            body_at += size_of(answer);
            tail.push(0x5b);
            match answer {
                Answer::Code(code) => tail.extend(code),
                Answer::Words(words) => {
                    // codecopy(0, data_at, size), return(0, size)
                    let ([a, b], [c, d]) =
                        ((words.len() as u16).to_be_bytes(), (data_at as u16).to_be_bytes());
                    tail.extend([0x61, a, b, 0x61, c, d, 0x60, 0, 0x39, 0x61, a, b, 0x60, 0, 0xf3]);
                    data_at += words.len();
                    data.extend(words);
                }
            }
        }
        code.extend(NONE);
        code.extend(tail);
        assert_eq!(code.len(), body_at);
        code.extend(data);
        code.into()
    }

    /// The script with another answer to one of the questions.
    pub(super) fn with(&self, question: &[u8], answer: Answer) -> Self {
        let mut script = self.clone();
        let place = script.answers.iter_mut().find(|(asked, _)| asked == question);
        place.expect("it is asked").1 = answer;
        script
    }
}

/// An answer with another word at a place.
pub(super) fn damaged(words: &[u8], at: usize, value: U256) -> Answer {
    let mut words = words.to_vec();
    words[32 * at..][..32].copy_from_slice(&value.to_be_bytes::<32>());
    Answer::Words(words)
}

/// The answer that is a list.
pub(super) fn list(items: &[U256]) -> Answer {
    let words = [word(32), word(items.len() as u64)].into_iter().chain(items.iter().copied());
    Answer::Words(words.flat_map(|word| word.to_be_bytes::<32>()).collect())
}
