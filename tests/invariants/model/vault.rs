//! The vault: eMETIS in, shares of it out.

use alloy_primitives::{Address, B256, U256, address};
use alloy_sol_types::{SolCall, SolValue};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::{Call, Key, Model, Pause, Prediction, Program, Token, largest, reject};

mod books;
mod entries;
mod pool;
mod views;

pub use books::{Books, CYCLE, INTERVAL, METIS, Rounding};

/// Who holds the dead stake.
pub const DEAD: Address = address!("000000000000000000000000000000000000dEaD");
/// Shares of the dead stake: 1 METIS at the first price.
pub const DEAD_SHARES: U256 = U256::from_limbs([0x1bce_cced_a100_0000, 0xd3c2, 0, 0]);

/// What the vault remembers.
#[derive(Clone, Debug)]
pub struct VaultBooks {
    pub token: Token,
    pub asset: Address,
    pub pool: Address,
    pub authority: Address,
    pub pause: Pause,
    pub books: Books,
    /// eMETIS that came in past the ledger.
    pub donations: U256,
    /// METIS that came in; all of it is donated.
    pub metis: U256,
}

impl VaultBooks {
    /// Books of a vault that is not constructed yet.
    pub fn new(address: Address) -> Self {
        Self {
            token: Token::new(address, "Staked eMETIS", "seMETIS", 24),
            asset: Address::ZERO,
            pool: Address::ZERO,
            authority: Address::ZERO,
            pause: Pause::default(),
            books: Books::default(),
            donations: U256::ZERO,
            metis: U256::ZERO,
        }
    }

    pub(super) fn word(&self, slot: u8) -> U256 {
        let address = |address: Address| U256::from_be_bytes(address.into_word().0);
        match slot {
            0 => self.books.word(0) | U256::from(u8::from(self.pause.set)) << 249,
            4 => address(self.authority),
            5 => U256::from(self.pause.end),
            6 => address(self.asset) | self.books.word(6),
            7 => self.books.word(7),
            8 => address(self.pool),
            _ => U256::ZERO,
        }
    }

    pub(super) fn set_word(&mut self, slot: u8, word: U256) {
        let address = Address::from_word(B256::from(word & largest(160)));
        match slot {
            0 => {
                self.books.set_word(0, word);
                self.pause.set = word.bit(249);
            }
            4 => self.authority = address,
            5 => self.pause.end = word.saturating_to(),
            6 => {
                self.asset = address;
                self.books.set_word(6, word);
            }
            7 => self.books.set_word(7, word),
            8 => self.pool = address,
            _ => {}
        }
    }
}

impl Model {
    pub(super) fn vault_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, value, a, .. } = *call;
        match signature {
            "deposit(uint256,address)" => self.vault_deposit(caller, a[0].word(), a[1].address()),
            "mint(uint256,address)" => self.vault_mint(caller, a[0].word(), a[1].address()),
            "withdraw(uint256,address,address)" => {
                self.withdraw(caller, a[0].word(), a[1].address(), a[2].address())
            }
            "redeem(uint256,address,address)" => {
                self.redeem(caller, a[0].word(), a[1].address(), a[2].address(), U256::ZERO)
            }
            "redeem(uint256,address,address,uint256)" => {
                self.redeem(caller, a[0].word(), a[1].address(), a[2].address(), a[3].word())
            }
            "receiveDeposit(uint256,address,uint256)" => {
                let (assets, receiver) = (a[0].word(), a[1].address());
                let shares = self.may_receive_deposit(caller, assets, receiver, a[2].word())?;
                self.enter(caller, receiver, assets, shares);
                Ok(shares.abi_encode())
            }
            "notify(uint256)" => self.notify(caller, a[0].word()),
            "settle(uint256,uint256)" => self.settle(caller, a[0].word(), a[1].word()),
            "sweep(address)" => self.vault_sweep(caller, a[0].address()),
            "stylus_constructor()" => {
                self.construct_vault(value, a[0].address(), a[1].address(), a[2].address())
            }
            other => panic!("the model knows no entry {other} of the vault"),
        }
    }

    fn construct_vault(
        &mut self,
        value: U256,
        asset: Address,
        pool: Address,
        authority: Address,
    ) -> Prediction {
        if !self.vault.asset.is_zero() {
            return reject(Vault::ConstructionRepeated {});
        }
        if value != METIS {
            return reject(Vault::DeadStakeInvalid { value, needed: METIS });
        }
        let address = self.vault.token.address;
        if asset != self.hub.token.address || self.hub.vault != address {
            return reject(Vault::AssetInvalid { asset });
        }
        self.has_code(authority)?;
        self.is_free(Program::Hub, Hub::depositCall::SELECTOR)?;
        self.is_unpaused(Program::Hub)?;
        self.may_deposit(value)?;
        let (vault, now) = (&mut self.vault, self.now);
        // A stream of nothing, which has just ended.
        vault.books.start = now;
        (vault.asset, vault.pool, vault.authority) = (asset, pool, authority);
        for slot in [4, 6, 8] {
            self.wrote(Program::Vault, Key::Word(slot));
        }
        self.log(Program::Vault, Vault::AuthorityUpdated { authority });
        self.log(Program::Vault, Vault::Constructed { asset, pool, authority });
        self.enter(address, DEAD, value, DEAD_SHARES);
        // The hub's part; nobody can see the tag but in its event.
        self.mint_deposit(address, address, B256::ZERO, value);
        Ok(Vec::new())
    }

    /// Whether this account can get shares.
    fn barred(&self, receiver: Address) -> bool {
        receiver.is_zero() || receiver == self.vault.token.address
    }
}
