//! The hub: METIS in, eMETIS out.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::ILiquidStaking as Hub;

use super::abi::Value;
use super::{Call, Checked, Key, Model, Pause, Prediction, Program, Token, largest, reject};

/// By how much backing may fall short before deposits halt: 0.000001 METIS.
const TOLERATED: u64 = 1_000_000_000_000;
/// Bits of each figure.
const WIDTH: usize = 84;

/// What the hub remembers.
#[derive(Clone, Debug)]
pub struct HubBooks {
    pub token: Token,
    pub constructed: bool,
    pub vault: Address,
    pub minter: Address,
    pub authority: Address,
    pub pause: Pause,
    pub supply: U256,
    pub buffer: U256,
    pub placed: U256,
    /// METIS that came in past the books.
    pub donations: U256,
}

impl HubBooks {
    /// Books of a hub that is not constructed yet.
    pub fn new(address: Address) -> Self {
        Self {
            token: Token::new(address, "Liquid METIS", "eMETIS", 18),
            constructed: false,
            vault: Address::ZERO,
            minter: Address::ZERO,
            authority: Address::ZERO,
            pause: Pause::default(),
            supply: U256::ZERO,
            buffer: U256::ZERO,
            placed: U256::ZERO,
            donations: U256::ZERO,
        }
    }

    fn backing(&self) -> U256 {
        self.buffer + self.placed
    }

    fn halted(&self) -> bool {
        self.backing() + U256::from(TOLERATED) < self.supply
    }

    pub(super) fn word(&self, slot: u8) -> U256 {
        let address = |address: Address| U256::from_be_bytes(address.into_word().0);
        match slot {
            0 => {
                let flags = U256::from(u8::from(self.constructed) | u8::from(self.pause.set) << 1);
                self.supply | self.buffer << WIDTH | self.placed << (2 * WIDTH) | flags << 252
            }
            4 => address(self.authority),
            5 => U256::from(self.pause.end),
            6 => address(self.vault),
            7 => address(self.minter),
            _ => U256::ZERO,
        }
    }

    pub(super) fn set_word(&mut self, slot: u8, word: U256) {
        let address = Address::from_word(B256::from(word));
        match slot {
            0 => {
                let figure = |index: usize| (word >> (WIDTH * index)) & largest(WIDTH);
                (self.supply, self.buffer, self.placed) = (figure(0), figure(1), figure(2));
                self.pause.set = word.bit(253);
            }
            4 => self.authority = address,
            5 => self.pause.end = word.saturating_to(),
            6 => self.vault = address,
            7 => self.minter = address,
            _ => {}
        }
    }
}

impl Model {
    pub(super) fn hub_call(&mut self, signature: &str, call: &Call<'_>) -> Prediction {
        let Call { caller, value, selector, a } = *call;
        match signature {
            "deposit(address,bytes32)" => {
                self.is_constructed(selector)?;
                self.is_unpaused(Program::Hub)?;
                let (receiver, tag) = (a[0].address(), B256::from(a[1].word()));
                self.hub.token.takes(receiver)?;
                self.may_deposit(value)?;
                self.mint_deposit(caller, receiver, tag, value);
                self.note_gift(Program::Hub, receiver, value);
                Ok(value.abi_encode())
            }
            "depositAndStake(address,uint256,bytes32)" => {
                self.is_constructed(selector)?;
                self.is_unpaused(Program::Hub)?;
                let tag = B256::from(a[2].word());
                self.may_deposit(value)?;
                let (asset, vault) = (self.hub.token.address, self.hub.vault);
                let (receiver, least) = (a[0].address(), a[1].word());
                let shares = self.may_receive_deposit(asset, value, receiver, least)?;
                self.mint_deposit(caller, vault, tag, value);
                self.enter(asset, receiver, value, shares);
                Ok(shares.abi_encode())
            }
            "receiveRewards(address)" => {
                self.is_constructed(selector)?;
                let (receiver, minter) = (a[0].address(), self.hub.minter);
                if minter.is_zero() || caller != minter {
                    return reject(Hub::CallerNotMinter { caller, minter });
                }
                self.hub.token.takes(receiver)?;
                self.fits(value)?;
                self.mint(receiver, value);
                let supply = self.hub.supply;
                let event = Hub::RewardsReceived { caller, receiver, assets: value, supply };
                self.log(Program::Hub, event);
                let from = Address::ZERO;
                self.log(Program::Hub, Hub::Transfer { from, to: receiver, value });
                self.note_gift(Program::Hub, receiver, value);
                Ok(value.abi_encode())
            }
            "sweep(address)" => self.hub_sweep(caller, a[0].address()),
            "burn(uint256)" => {
                self.may_burn(caller, a[0].word())?;
                self.burn(caller, a[0].word());
                Ok(Vec::new())
            }
            "stylus_constructor()" => {
                self.construct_hub(a[0].address(), a[1].address(), a[2].address())
            }
            other => panic!("the model knows no entry {other} of the hub"),
        }
    }

    fn is_constructed(&self, selector: [u8; 4]) -> Checked {
        if self.hub.constructed {
            return Ok(());
        }
        reject(Hub::ConstructionMissing { selector: selector.into() })
    }

    fn construct_hub(&mut self, vault: Address, minter: Address, authority: Address) -> Prediction {
        if self.hub.constructed {
            return reject(Hub::ConstructionRepeated {});
        }
        if vault.is_zero() || vault == self.hub.token.address {
            return reject(Hub::VaultInvalid { vault });
        }
        self.has_code(authority)?;
        let hub = &mut self.hub;
        (hub.constructed, hub.vault, hub.minter, hub.authority) = (true, vault, minter, authority);
        for slot in [0, 4, 6, 7] {
            self.wrote(Program::Hub, Key::Word(slot));
        }
        self.log(Program::Hub, Hub::AuthorityUpdated { authority });
        self.log(Program::Hub, Hub::Constructed { vault, minter, authority });
        Ok(Vec::new())
    }

    /// Whether an account can be an authority.
    pub(super) fn has_code(&self, authority: Address) -> Checked {
        if authority == self.roles.manager || self.accounts.confirms(authority).is_some() {
            return Ok(());
        }
        reject(Hub::AccessManagedInvalidAuthority { authority })
    }

    /// The checks of a deposit that are not about its receiver.
    pub(super) fn may_deposit(&self, value: U256) -> Checked {
        if value.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        if self.hub.halted() {
            let (backing, supply) = (self.hub.backing(), self.hub.supply);
            return reject(Hub::DepositsHalted { backing, supply });
        }
        self.fits(value)
    }

    /// Whether METIS may come in and as much eMETIS into being.
    fn fits(&self, assets: U256) -> Checked {
        let (limit, supply, buffer) = (largest(WIDTH), self.hub.supply, self.hub.buffer);
        if assets.is_zero() {
            return reject(Hub::AssetsZero {});
        }
        if supply.checked_add(assets).is_none_or(|sum| sum > limit) {
            return reject(Hub::SupplyOverflow { supply, assets, limit });
        }
        if buffer.checked_add(assets).is_none_or(|sum| sum > limit) {
            return reject(Hub::BufferOverflow { buffer, assets, limit });
        }
        Ok(())
    }

    fn mint(&mut self, receiver: Address, value: U256) {
        self.hub.supply += value;
        self.hub.buffer += value;
        self.wrote(Program::Hub, Key::Word(0));
        self.credit(Program::Hub, receiver, value);
    }

    /// The effects of a deposit.
    pub(super) fn mint_deposit(
        &mut self,
        caller: Address,
        receiver: Address,
        tag: B256,
        value: U256,
    ) {
        // A pause that is over is forgotten.
        self.hub.pause.set = false;
        self.mint(receiver, value);
        let supply = self.hub.supply;
        self.log(Program::Hub, Hub::Deposited { caller, receiver, tag, assets: value, supply });
        self.log(Program::Hub, Hub::Transfer { from: Address::ZERO, to: receiver, value });
    }

    /// Whether eMETIS may be burned.
    pub(super) fn may_burn(&self, caller: Address, assets: U256) -> Checked {
        let vault = self.hub.vault;
        if caller != vault {
            return reject(Hub::CallerNotVault { caller, vault });
        }
        self.hub.token.has(caller, assets)
    }

    /// The effects of burning.
    pub(super) fn burn(&mut self, caller: Address, assets: U256) {
        self.hub.supply -= assets;
        self.wrote(Program::Hub, Key::Word(0));
        self.debit(Program::Hub, caller, assets);
        let supply = self.hub.supply;
        self.log(Program::Hub, Hub::Burned { caller, assets, supply });
        self.log(Program::Hub, Hub::Transfer { from: caller, to: Address::ZERO, value: assets });
    }

    fn hub_sweep(&mut self, caller: Address, receiver: Address) -> Prediction {
        let (buffer, assets) = (self.hub.buffer, self.hub.donations);
        if receiver.is_zero() || receiver == self.hub.token.address {
            return reject(Hub::ReceiverInvalid { receiver });
        }
        if assets.is_zero() {
            return reject(Hub::DonationsZero { balance: buffer, buffer });
        }
        if !self.accounts.takes_metis(receiver) {
            return reject(Hub::PaymentFailed { receiver, assets });
        }
        self.hub.donations = U256::ZERO;
        self.log(Program::Hub, Hub::Swept { caller, receiver, assets, buffer });
        Ok(assets.abi_encode())
    }

    /// eMETIS that reaches the vault past its entries is a donation.
    pub(super) fn note_gift(&mut self, token: Program, receiver: Address, value: U256) {
        if token == Program::Hub && receiver == self.vault.token.address {
            self.vault.donations += value;
        }
    }

    pub(super) fn hub_view(&self, signature: &str, a: &[Value]) -> Vec<u8> {
        let hub = &self.hub;
        match signature {
            "buffer()" => hub.buffer.abi_encode(),
            "placed()" => hub.placed.abi_encode(),
            "backing()" => hub.backing().abi_encode(),
            "shortfall()" => hub.supply.saturating_sub(hub.backing()).abi_encode(),
            "totals()" => (hub.supply, hub.buffer, hub.placed).abi_encode_params(),
            "maxDeposit(address)" => {
                let barred = hub.token.takes(a[0].address()).is_err();
                let paused = self.is_unpaused(Program::Hub).is_err();
                if barred || paused || hub.halted() || !hub.constructed {
                    return U256::ZERO.abi_encode();
                }
                let limit = largest(WIDTH);
                limit.saturating_sub(hub.supply.max(hub.buffer)).abi_encode()
            }
            "vault()" => hub.vault.abi_encode(),
            "minter()" => hub.minter.abi_encode(),
            other => panic!("the model knows no view {other} of the hub"),
        }
    }
}
