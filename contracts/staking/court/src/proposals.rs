//! Proposals in storage, and their end.

use emetis_common::{
    court::{Proposal, State, Times, Window, day_of},
    host,
    mutants::{Mutant, mutant},
    slots::{self, court},
    word::{self, Word},
};

use crate::pools::{self, Told};

/// Sub of the times of a proposal, and of its evidence.
const TIMES: u32 = 1;
const EVIDENCE: u32 = 2;

/// A proposal as it is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// Its number.
    pub(crate) number: u32,
    /// What it is about.
    pub(crate) proposal: Proposal,
    /// Its times.
    pub(crate) times: Times,
}

/// Reads a proposal; there is none behind a number that is too large, or has not been given.
pub(crate) fn load(number: &Word) -> Case {
    load_numbered(word::to_u32(number).unwrap_or(0))
}

/// As [`load`], by its number.
#[inline(never)]
pub(crate) fn load_numbered(number: u32) -> Case {
    Case {
        number,
        proposal: Proposal::unpack(&host::load(&slot(number, 0))),
        times: Times::unpack(&host::load(&slot(number, TIMES))),
    }
}

/// The evidence of a proposal.
pub(crate) fn evidence(number: u32) -> Word {
    host::load(&slot(number, EVIDENCE))
}

impl Case {
    /// The sequencer, as a word.
    pub(crate) fn id(&self) -> Word {
        word::of_u64(u64::from(self.proposal.id))
    }

    /// The number, as a word.
    pub(crate) fn word(&self) -> Word {
        word::of_u64(u64::from(self.number))
    }

    /// Writes it, with its evidence, which is used from now on, as is the fault of that day.
    pub(crate) fn store_new(&self, evidence: &Word) {
        self.store();
        host::store(&slot(self.number, TIMES), &self.times.pack());
        host::store(&slot(self.number, EVIDENCE), evidence);
        let number = self.word();
        host::store(&used_slot(evidence), &number);
        host::store(&fault_slot(self.proposal.id, self.times.fault), &number);
    }

    /// Writes what it is about.
    pub(crate) fn store(&self) {
        host::store(&slot(self.number, 0), &self.proposal.pack());
    }

    /// Ends it: what pools provision for it is lifted, and they are to be told.
    pub(crate) fn end(&self, state: State, told: &mut Told) {
        let ended = Proposal { state, ..self.proposal };
        Self { proposal: ended, ..*self }.store();
        let is_kept = state == State::Vetoed && mutant(Mutant::ProvisionStays);
        for index in 0..self.proposal.pools {
            let (pool, part) = pools::part(self.number, index);
            if !is_kept {
                pools::lift(&pool, part);
            }
            told.add(&pool);
        }
    }

    /// As [`Case::end`], because nobody executed it in time. What it used can be used again.
    pub(crate) fn end_lapsed(&self, window: &Window, told: &mut Told) -> Window {
        self.end(State::Lapsed, told);
        let unused = word::of_u64(0);
        host::store(&used_slot(&evidence(self.number)), &unused);
        host::store(&fault_slot(self.proposal.id, self.times.fault), &unused);
        let window = window.give_back(self.proposal.bps);
        store_window(self.proposal.id, &window);
        window
    }
}

/// The window of a sequencer.
pub(crate) fn load_window(id: u32) -> Window {
    Window::unpack(&host::load(&slots::numbered(court::WINDOW, id, 0)))
}

/// Writes the window of a sequencer.
pub(crate) fn store_window(id: u32, window: &Window) {
    host::store(&slots::numbered(court::WINDOW, id, 0), &window.pack());
}

/// The slot of the proposal that used an evidence.
pub(crate) fn used_slot(evidence: &Word) -> Word {
    slots::mapped_word(evidence, &slots::variable(court::EVIDENCE))
}

/// The slot of the proposal that used the fault of a day.
pub(crate) fn fault_slot(id: u32, fault: u64) -> Word {
    slots::numbered(court::FAULT, id, day_of(fault))
}

fn slot(number: u32, sub: u32) -> Word {
    slots::numbered(court::PROPOSAL, number, sub)
}
