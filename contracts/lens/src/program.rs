//! Questions to another program, whose answers are looked at.

use emetis_common::{
    account::Account,
    entry::Revert,
    guard,
    mutants::{Mutant, mutant},
    staking::LIMIT,
    word::{self, Word},
};

use crate::errors;

/// Words of a list before its items: offset, length.
pub(crate) const HEAD: usize = 2;
/// Bytes of a word.
const WORD: usize = 32;

/// A program that is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program(pub(crate) Account);

/// What a program is asked: the selector, as `word::of_selector` has it, and at most one argument.
pub(crate) type Question<'a> = &'a [Word];

impl Program {
    /// Asks what is answered with so many words.
    ///
    /// # Errors
    /// `ProgramFailed`, `AnswerInvalid`.
    pub(crate) fn ask(&self, question: Question<'_>, answer: &mut [Word]) -> Result<(), Revert> {
        let size = self.size(question, answer)?;
        if size != size_of_val(answer) && !mutant(Mutant::LensTakesAnyAnswer) {
            return Err(self.invalid(question));
        }
        Ok(())
    }

    /// Asks what is answered with a list, for which there is room in `answer`. How many items it has.
    ///
    /// # Errors
    /// `ProgramFailed`, `AnswerInvalid`.
    #[inline(never)]
    pub(crate) fn ask_list(
        &self,
        question: Question<'_>,
        answer: &mut [Word],
    ) -> Result<usize, Revert> {
        let size = self.size(question, answer)?;
        let most = answer.len().saturating_sub(HEAD);
        let [offset, length, ..] = answer else { return Err(self.invalid(question)) };
        // As numbers: bytes to compare with would lie in the data section.
        let offset = word::to_u128_saturating(offset);
        let count = usize::try_from(word::to_u128_saturating(length)).unwrap_or(usize::MAX);
        if mutant(Mutant::LensTakesAnyAnswer) {
            return Ok(count.min(most));
        }
        let told = count.saturating_add(HEAD).saturating_mul(WORD);
        if offset != WORD as u128 || count > most || size != told {
            return Err(self.invalid(question));
        }
        Ok(count)
    }

    /// Asks for one amount.
    ///
    /// # Errors
    /// `ProgramFailed`, `AnswerInvalid`.
    pub(crate) fn ask_amount(&self, question: Question<'_>) -> Result<u128, Revert> {
        let mut answer = [[0; 32]];
        self.ask(question, &mut answer)?;
        let [word] = &answer;
        self.amount(question, word)
    }

    /// An amount in an answer.
    ///
    /// # Errors
    /// `AnswerInvalid` for one of more than 84 bits.
    pub(crate) fn amount(&self, question: Question<'_>, word: &Word) -> Result<u128, Revert> {
        let amount = word::to_u128_saturating(word);
        if amount <= LIMIT { Ok(amount) } else { Err(self.invalid(question)) }
    }

    /// A number in an answer, of a sequencer or a group.
    ///
    /// # Errors
    /// `AnswerInvalid` for zero and above `most`.
    pub(crate) fn number(
        &self,
        question: Question<'_>,
        word: &Word,
        most: u32,
    ) -> Result<u32, Revert> {
        match word::to_u32(word) {
            Some(number) if number != 0 && number <= most => Ok(number),
            _ => Err(self.invalid(question)),
        }
    }

    /// An account in an answer.
    ///
    /// # Errors
    /// `AnswerInvalid` if it is none.
    pub(crate) fn account(&self, question: Question<'_>, word: &Word) -> Result<Account, Revert> {
        Account::read(word).ok_or_else(|| self.invalid(question))
    }

    /// The answer to this question is none.
    #[cold]
    #[inline(never)]
    pub(crate) fn invalid(&self, question: Question<'_>) -> Revert {
        errors::answer_invalid(&self.0, &selector(question))
    }

    /// Asks, and copies the start of the answer. Its size.
    #[inline(never)]
    fn size(&self, question: Question<'_>, answer: &mut [Word]) -> Result<usize, Revert> {
        let size = guard::peek(&self.0, word::after_selector(question), answer);
        match size {
            Some(size) => Ok(size),
            None if mutant(Mutant::LensTakesFailure) => {
                answer.fill([0; 32]);
                Ok(size_of_val(answer))
            }
            None => Err(errors::program_failed(&self.0, &selector(question))),
        }
    }
}

/// The selector of a question, as errors carry it.
fn selector(question: Question<'_>) -> Word {
    let selector = question.first().and_then(|word| word.last_chunk().copied());
    word::of_bytes4(selector.unwrap_or_default())
}
