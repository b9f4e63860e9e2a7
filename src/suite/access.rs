//! Who may call what: one list, by which deployments are wired.
//!
//! [`table`] is its text, which stands in `contracts/README.md` as well. Tests hold the list, the
//! page and the access manager of a deployment against what the compiled programs do, for every
//! function and every role.
//!
//! ```
//! use emetis::suite::access::{PROGRAMS, Access, Role};
//!
//! let hub = PROGRAMS.iter().find(|program| program.name == "LiquidStaking").expect("it is listed");
//! let sweep = hub.entry("sweep(address)").expect("it is listed");
//! assert_eq!((sweep.access, sweep.pausable), (Access::Role(Role::Treasury), false));
//! ```

use alloy_primitives::{Address, FixedBytes, keccak256};

use super::{Params, Suite};
use crate::days;
use crate::table::Table;

mod list;

pub use super::readme::{Page, page};
pub use list::PROGRAMS;

/// A role of the access manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Grants roles, gives functions to them.
    Admin,
    /// Ejects, scores and groups sequencers, sets parameters.
    Curator,
    /// Attests batches of work.
    Attester,
    /// Proposes slashes.
    Slasher,
    /// Vetoes them.
    Vetoer,
    /// Pauses entries, suspends attesters and slashers.
    Guardian,
    /// Sweeps donations.
    Treasury,
}

impl Role {
    /// All of them, by number.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Curator,
        Self::Attester,
        Self::Slasher,
        Self::Vetoer,
        Self::Guardian,
        Self::Treasury,
    ];

    /// Its number.
    pub const fn id(self) -> u64 {
        self as u64
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "ADMIN",
            Self::Curator => "CURATOR",
            Self::Attester => "ATTESTER",
            Self::Slasher => "SLASHER",
            Self::Vetoer => "VETOER",
            Self::Guardian => "GUARDIAN",
            Self::Treasury => "TREASURY",
        }
    }

    /// How long its member's calls wait once the suite is set up, in seconds.
    pub const fn delay(self) -> u64 {
        match self {
            Self::Admin => days(2),
            _ => 0,
        }
    }

    /// Its member in a deployment.
    pub const fn member(self, params: &Params) -> Address {
        match self {
            Self::Admin => params.admin,
            Self::Curator => params.curator,
            Self::Attester => params.attester,
            Self::Slasher => params.slasher,
            Self::Vetoer => params.vetoer,
            Self::Guardian => params.guardian,
            Self::Treasury => params.treasury,
        }
    }
}

/// Who may call a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone, about what is theirs.
    Anyone,
    /// Whom the authority lets in: the members of a role.
    Role(Role),
    /// The members of a role, of which the access manager itself makes sure.
    Own(Role),
    /// Whom the authority lets in, which are the members of a role; later others too, in words.
    Sooner(Role, &'static str),
    /// One account or program, in words.
    Only(&'static str),
}

/// A function that changes state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its signature.
    pub signature: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether a pause halts it.
    pub pausable: bool,
}

impl Entry {
    /// Its selector.
    pub fn selector(&self) -> [u8; 4] {
        *keccak256(self.signature).first_chunk().expect("a hash has 32 bytes")
    }

    const fn new(signature: &'static str, access: Access) -> Self {
        Self { signature, access, pausable: false }
    }

    const fn pausable(self) -> Self {
        Self { pausable: true, ..self }
    }

    fn cells(&self, program: &str) -> [String; 6] {
        let (who, delay) = match self.access {
            Access::Anyone => ("anyone".to_owned(), 0),
            Access::Role(role) | Access::Own(role) => (role.name().to_owned(), role.delay()),
            Access::Sooner(role, who) => (format!("{}, {who}", role.name()), role.delay()),
            Access::Only(who) => (who.to_owned(), 0),
        };
        let delay = match delay / days(1) {
            0 => "–".to_owned(),
            count => format!("{count} days"),
        };
        let pausable = if self.pausable { "yes" } else { "–" };
        let selector = format!("`0x{}`", hex::encode(self.selector()));
        let signature = format!("`{}`", self.signature);
        [program.into(), signature, selector, who, delay, pausable.into()]
    }
}

/// A program and its functions that change state. The constructor has no place here: it runs once.
#[derive(Clone, Copy, Debug)]
pub struct Managed {
    /// Name of the contract, as its ABI has it.
    pub name: &'static str,
    /// Where a deployment has it.
    pub address: fn(&Suite) -> Address,
    /// Its functions, in the order of the interface.
    pub entries: &'static [Entry],
}

impl Managed {
    /// The function of a signature.
    pub fn entry(&self, signature: &str) -> Option<&'static Entry> {
        self.entries.iter().find(|entry| entry.signature == signature)
    }

    /// Selectors that the authority gives to a role, for each role that has some.
    pub fn by_role(&self) -> Vec<(Role, Vec<FixedBytes<4>>)> {
        let of = |role| {
            let own = self.entries.iter().filter(|entry| match entry.access {
                Access::Role(of) | Access::Sooner(of, _) => of == role,
                _ => false,
            });
            (role, own.map(|entry| entry.selector().into()).collect::<Vec<_>>())
        };
        Role::ALL.map(of).into_iter().filter(|(_, selectors)| !selectors.is_empty()).collect()
    }
}

/// The list as a table in Markdown.
pub fn table() -> String {
    let headings = ["program", "function", "selector", "role", "delay", "pausable"];
    let mut lines = vec![headings.map(str::to_owned), headings.map(|_| "---".to_owned())];
    for program in PROGRAMS {
        lines.extend(program.entries.iter().map(|entry| entry.cells(program.name)));
    }
    lines.iter().map(|cells| format!("| {} |\n", cells.join(" | "))).collect()
}

/// The list as text for a screen.
pub fn text() -> String {
    let mut table = Table::new(&["program", "function", "selector", "role", "delay", "pausable"]);
    for program in PROGRAMS {
        for entry in program.entries {
            table.row(entry.cells(program.name).map(|cell| cell.replace('`', "")));
        }
    }
    table.to_string()
}
