//! The hub: METIS in, eMETIS out.

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolValue;
use emetis::interfaces::ILiquidStaking as Hub;

use super::abi::Value;
mod exits;
mod limit;
mod wait;

pub use limit::Limit;
pub use wait::Wait;

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
    pub queue: Address,
    pub allocator: Address,
    pub authority: Address,
    pub pause: Pause,
    pub supply: U256,
    pub buffer: U256,
    pub placed: U256,
    /// Instant redemptions: what of the limit is left, and fees in hand.
    pub limit: Limit,
    pub fees: U256,
    pub fee_bps: u64,
    /// The loss that is pending.
    pub wait: Wait,
    /// Whether redemptions look at it: nobody has met its end.
    pub wait_set: bool,
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
            queue: Address::ZERO,
            allocator: Address::ZERO,
            authority: Address::ZERO,
            pause: Pause::default(),
            supply: U256::ZERO,
            buffer: U256::ZERO,
            placed: U256::ZERO,
            limit: Limit::default(),
            fees: U256::ZERO,
            fee_bps: 0,
            wait: Wait::default(),
            wait_set: false,
            donations: U256::ZERO,
        }
    }

    pub fn backing(&self) -> U256 {
        self.buffer + self.placed
    }

    fn halted(&self) -> bool {
        self.backing() + U256::from(TOLERATED) < self.supply
    }

    pub(super) fn word(&self, slot: u8) -> U256 {
        let address = |address: Address| U256::from_be_bytes(address.into_word().0);
        match slot {
            0 => {
                let marks = [self.constructed, self.pause.set, self.wait_set];
                let flags = marks.iter().rev().fold(0_u8, |all, mark| all << 1 | u8::from(*mark));
                let flags = U256::from(flags);
                self.supply | self.buffer << WIDTH | self.placed << (2 * WIDTH) | flags << 252
            }
            4 => address(self.authority),
            5 => U256::from(self.pause.end),
            6 => address(self.vault),
            7 => address(self.allocator),
            8 => address(self.queue),
            9 => {
                let parameters =
                    U256::from(self.fee_bps) << 229 | U256::from(self.limit.bps) << 239;
                self.limit.word() | self.fees << 145 | parameters
            }
            10 => self.wait.word(),
            _ => U256::ZERO,
        }
    }

    pub(super) fn set_word(&mut self, slot: u8, word: U256) {
        let address = Address::from_word(B256::from(word));
        match slot {
            0 => {
                let figure = |index: usize| (word >> (WIDTH * index)) & largest(WIDTH);
                (self.supply, self.buffer, self.placed) = (figure(0), figure(1), figure(2));
                (self.pause.set, self.wait_set) = (word.bit(253), word.bit(254));
            }
            4 => self.authority = address,
            5 => self.pause.end = word.saturating_to(),
            6 => self.vault = address,
            7 => self.allocator = address,
            8 => self.queue = address,
            9 => {
                self.limit = Limit::read(word);
                self.fees = (word >> 145) & largest(WIDTH);
                self.fee_bps = ((word >> 229_usize) & largest(10)).to();
            }
            10 => self.wait = Wait::read(word),
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
                self.has_no_wait()?;
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
                self.has_no_wait()?;
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
                self.is_allocator(caller)?;
                let receiver = a[0].address();
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
            "setRedemption(uint256,uint256)" => self.set_redemption(a[0].word(), a[1].word()),
            "redeemNow(uint256,uint256,address)" => {
                self.is_constructed(selector)?;
                self.redeem_now(caller, a[0].word(), a[1].word(), a[2].address())
            }
            "fill(uint256,uint256)" => {
                self.may_fill(caller, a[0].word(), a[1].word())?;
                self.fill(a[0].word(), a[1].word());
                // By itself the queue never asks for it: METIS that comes so is nobody's.
                self.queue.donations += a[1].word();
                Ok(Vec::new())
            }
            "place(uint256)" => self.place(caller, a[0].word()),
            "receiveUnbonded()" => self.receive_unbonded(caller, value),
            "receiveBacking()" => self.receive_backing(caller, value),
            "settle(uint256,uint256,uint256)" => {
                self.settle_hub(caller, a[0].word(), a[1].word(), a[2].word())
            }
            "collectFees(address)" => self.collect_fees(caller, a[0].address()),
            "burn(uint256)" => {
                self.may_burn(caller, a[0].word())?;
                self.burn(caller, a[0].word());
                Ok(Vec::new())
            }
            "stylus_constructor()" => self.construct_hub([0, 1, 2, 3].map(|at| a[at].address())),
            other => panic!("the model knows no entry {other} of the hub"),
        }
    }

    fn is_constructed(&self, selector: [u8; 4]) -> Checked {
        if self.hub.constructed {
            return Ok(());
        }
        reject(Hub::ConstructionMissing { selector: selector.into() })
    }

    fn construct_hub(&mut self, arguments: [Address; 4]) -> Prediction {
        let [vault, queue, allocator, authority] = arguments;
        if self.hub.constructed {
            return reject(Hub::ConstructionRepeated {});
        }
        for program in [vault, queue, allocator] {
            if program.is_zero() || program == self.hub.token.address {
                return reject(Hub::ProgramInvalid { program });
            }
        }
        self.has_code(authority)?;
        let hub = &mut self.hub;
        hub.constructed = true;
        (hub.vault, hub.queue, hub.allocator, hub.authority) = (vault, queue, allocator, authority);
        (hub.fee_bps, hub.limit.bps) = (50, 100);
        for slot in [0, 4, 6, 7, 8, 9] {
            self.wrote(Program::Hub, Key::Word(slot));
        }
        self.log(Program::Hub, Hub::AuthorityUpdated { authority });
        self.log(Program::Hub, Hub::Constructed { vault, queue, allocator, authority });
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
    pub(super) fn fits(&self, assets: U256) -> Checked {
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

    pub(super) fn mint(&mut self, receiver: Address, value: U256) {
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
        // A pause and a wait that are over are forgotten.
        self.hub.pause.set = false;
        self.hub.wait_set = false;
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
        let (ledger, assets) = (self.hub.buffer + self.hub.fees, self.hub.donations);
        if receiver.is_zero() || receiver == self.hub.token.address {
            return reject(Hub::ReceiverInvalid { receiver });
        }
        if assets.is_zero() {
            return reject(Hub::DonationsZero { balance: ledger, ledger });
        }
        if !self.accounts.takes_metis(receiver) {
            return reject(Hub::PaymentFailed { receiver, assets });
        }
        self.hub.donations = U256::ZERO;
        self.log(Program::Hub, Hub::Swept { caller, receiver, assets, ledger });
        Ok(assets.abi_encode())
    }

    /// eMETIS that reaches the vault past its entries is a donation.
    pub(super) fn note_gift(&mut self, token: Program, receiver: Address, value: U256) {
        if token == Program::Hub && receiver == self.vault.token.address {
            self.vault.donations += value;
        }
        if token == Program::Hub && receiver == self.queue.address {
            self.queue.gifts += value;
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
                let waits = hub.wait.until(self.now) != 0;
                if barred || paused || waits || hub.halted() || !hub.constructed {
                    return U256::ZERO.abi_encode();
                }
                let limit = largest(WIDTH);
                limit.saturating_sub(hub.supply.max(hub.buffer)).abi_encode()
            }
            "pendingLoss()" => {
                let until = U256::from(hub.wait.until(self.now));
                (hub.wait.pending, until).abi_encode_params()
            }
            "previewRedeemNow(uint256)" => {
                let (out, fee) = hub.quote(a[0].word().min(U256::from(u128::MAX)));
                (out, fee).abi_encode_params()
            }
            "maxRedeemNow(address)" => self.max_redeem_now(a[0].address()).abi_encode(),
            "instantRedemption()" => {
                let left = hub.limit.left(self.now, hub.supply);
                let (fee, daily) = (U256::from(hub.fee_bps), U256::from(hub.limit.bps));
                (fee, daily, left, hub.fees).abi_encode_params()
            }
            "vault()" => hub.vault.abi_encode(),
            "queue()" => hub.queue.abi_encode(),
            "allocator()" => hub.allocator.abi_encode(),
            other => panic!("the model knows no view {other} of the hub"),
        }
    }
}
