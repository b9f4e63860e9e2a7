//! A pause of entries, which ends by itself.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::ILiquidStaking as Hub;

use super::{Checked, Key, Model, Prediction, Program, reject};

/// The longest pause, and how long entries stay open after one, in seconds.
pub const WEEK: u64 = 604_800;

/// What a program remembers of its last pause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    /// When it ends or ended, in seconds; zero if there was none.
    pub end: u64,
    /// Whether entries look here: nobody has entered since it ended.
    pub set: bool,
}

impl Pause {
    /// Until when entries are paused; zero if they are not.
    pub fn until(&self, now: u64) -> u64 {
        if now < self.end { self.end } else { 0 }
    }

    /// From when on the next may begin.
    pub fn next(&self) -> u64 {
        if self.end == 0 { 0 } else { self.end + WEEK }
    }
}

impl Model {
    pub fn pause_of(&self, program: Program) -> &Pause {
        match program {
            Program::Hub => &self.hub.pause,
            Program::Vault => &self.vault.pause,
            Program::Queue => panic!("the queue is never paused"),
        }
    }

    fn pause_mut(&mut self, program: Program) -> &mut Pause {
        match program {
            Program::Hub => &mut self.hub.pause,
            Program::Vault => &mut self.vault.pause,
            Program::Queue => panic!("the queue is never paused"),
        }
    }

    /// Whether entries of a program are open as far as pauses go.
    pub(super) fn is_unpaused(&self, program: Program) -> Checked {
        match self.pause_of(program).until(self.now) {
            0 => Ok(()),
            until => reject(Hub::EntriesPaused { until: U256::from(until) }),
        }
    }

    /// What both programs do with an authority and a pause.
    pub(super) fn managed_call(
        &mut self,
        to: Program,
        signature: &str,
        caller: Address,
        argument: U256,
    ) -> Option<Prediction> {
        Some(match signature {
            "setAuthority(address)" => reject(Hub::AccessManagedUnauthorized { caller }),
            "pause(uint32)" => self.begin_pause(to, caller, argument),
            "unpause()" => self.lift_pause(to, caller),
            _ => return None,
        })
    }

    fn begin_pause(&mut self, to: Program, caller: Address, duration: U256) -> Prediction {
        let (now, next, max) = (self.now, self.pause_of(to).next(), U256::from(WEEK));
        if duration.is_zero() {
            return reject(Hub::DurationZero {});
        }
        if duration > max {
            return reject(Hub::PauseTooLong { duration, max });
        }
        if now < next {
            return reject(Hub::PauseTooEarly { next: U256::from(next) });
        }
        let end = now + duration.to::<u64>();
        *self.pause_mut(to) = Pause { end, set: true };
        self.wrote_pause(to);
        self.log(to, Hub::Paused { caller, until: U256::from(end) });
        Ok(Vec::new())
    }

    fn lift_pause(&mut self, to: Program, caller: Address) -> Prediction {
        let now = self.now;
        if self.pause_of(to).until(now) == 0 {
            return reject(Hub::PauseMissing {});
        }
        *self.pause_mut(to) = Pause { end: now, set: false };
        self.wrote_pause(to);
        self.log(to, Hub::Unpaused { caller });
        Ok(Vec::new())
    }

    fn wrote_pause(&mut self, to: Program) {
        self.wrote(to, Key::Word(0));
        self.wrote(to, Key::Word(5));
    }

    /// What both programs tell of an authority and a pause.
    pub(super) fn managed_view(&self, to: Program, signature: &str) -> Option<Vec<u8>> {
        let pause = self.pause_of(to);
        let authority = match to {
            Program::Hub => self.hub.authority,
            Program::Vault => self.vault.authority,
            Program::Queue => self.queue.authority,
        };
        Some(match signature {
            "authority()" => authority.abi_encode(),
            "isConsumingScheduledOp()" => U256::ZERO.abi_encode(),
            "pausedUntil()" => U256::from(pause.until(self.now)).abi_encode(),
            "nextPause()" => U256::from(pause.next()).abi_encode(),
            _ => return None,
        })
    }
}
