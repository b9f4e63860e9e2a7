//! eMETIS in, a ticket out.

use alloy_sol_types::{SolCall, SolEvent};
use emetis_common::{
    abi::ILiquidStaking::permit_0Call,
    abi::IRedemptionQueue::{BatchOpened, Requested},
    account::Account,
    entry::{Change, Outcome, Revert},
    erc20, guard, host,
    mutants::{Mutant, mutant},
    queue::{Batch, Head, MAX_TICKETS, MIN_REQUEST, Number, Refusal, Ticket},
    staking::LIMIT,
    word::{self, Immediate, Word},
};

use crate::{batches, errors, head, hub, tickets};

const REQUESTED: Immediate = Immediate::new(Requested::SIGNATURE_HASH.0);
const BATCH_OPENED: Immediate = Immediate::new(BatchOpened::SIGNATURE_HASH.0);

/// Takes eMETIS of the caller for a ticket.
///
/// # Errors
/// `ConstructionMissing`, `ERC721InvalidReceiver`, `RequestTooSmall`, `BatchesExhausted`, `BatchOverflow`;
/// those of the hub's `transferFrom`.
///
/// # Events
/// `BatchOpened`, `Requested`, `Transfer`; of the hub `Transfer`.
pub(crate) fn request_redeem(call: Change<'_>) -> Outcome {
    let [nominal, receiver] = call.words()?;
    let receiver = call.address(receiver)?;
    let mut queue = Queue::load(&call, &receiver)?;

    let number = queue.add(&receiver, nominal)?;
    queue.store();
    hub::pull(nominal)?;
    call.commit(&[number.word()])
}

/// As [`request_redeem`], with an allowance that the caller signed for.
///
/// # Errors
/// As [`request_redeem`]. What the hub says to the permit stops nothing.
///
/// # Events
/// As [`request_redeem`]; of the hub `Approval`.
pub(crate) fn request_redeem_with_permit(call: Change<'_>) -> Outcome {
    let [nominal, receiver, deadline, v, r, s] = call.words()?;
    let receiver = call.address(receiver)?;
    call.byte(v)?;
    let hub = head::load_constructed(&call)?.hub();
    let order = [
        word::of_selector(permit_0Call::SELECTOR),
        *host::caller().word(),
        *host::contract().word(),
        *nominal,
        *deadline,
        *v,
        *r,
        *s,
    ];
    if mutant(Mutant::PermitMustSucceed) {
        guard::order(&hub, word::after_selector(&order))?;
    } else {
        // Somebody else may have handed it in: what counts is the allowance.
        guard::request(&hub, word::after_selector(&order));
    }
    let mut queue = Queue::load(&call, &receiver)?;

    let number = queue.add(&receiver, nominal)?;
    queue.store();
    hub::pull(nominal)?;
    call.commit(&[number.word()])
}

/// As [`request_redeem`], several tickets at once.
///
/// # Errors
/// As [`request_redeem`], and `CountInvalid` after `ERC721InvalidReceiver`.
///
/// # Events
/// As [`request_redeem`] for each ticket; of the hub one `Transfer`.
pub(crate) fn request_redeems(call: Change<'_>) -> Outcome {
    let [nominals, receiver] = call.words()?;
    let (nominals, receiver) = (call.list(nominals)?, call.address(receiver)?);
    let mut queue = Queue::load(&call, &receiver)?;
    errors::check_count(nominals.heads().len(), MAX_TICKETS)?;

    let (mut first, mut sum) = (None, 0_u128);
    for nominal in nominals.heads() {
        let number = queue.add(&receiver, nominal)?;
        first.get_or_insert(number);
        // What waits fits 84 bits, and this is part of it.
        sum = sum.saturating_add(word::low_u128(nominal));
    }
    queue.store();
    hub::pull(&word::of_u128(sum))?;
    let first = first.map_or_else(|| word::count(0), |number| number.word());
    call.commit(&[first])
}

/// The queue while tickets join.
struct Queue {
    head: Head,
    /// The last batch.
    last: Batch,
}

impl Queue {
    /// # Errors
    /// `ConstructionMissing`, `ERC721InvalidReceiver`.
    fn load(call: &Change<'_>, receiver: &Account) -> Result<Self, Revert> {
        let head = head::load_constructed(call)?;
        if !erc20::can_hold(receiver) {
            return Err(errors::invalid_receiver(receiver));
        }
        Ok(Self { head, last: batches::load(head.batch()) })
    }

    /// Adds a ticket and tells it.
    ///
    /// # Errors
    /// `RequestTooSmall`, `BatchesExhausted`, `BatchOverflow`.
    #[inline(never)]
    fn add(&mut self, owner: &Account, nominal: &Word) -> Result<Number, Revert> {
        let amount = word::to_u128_saturating(nominal);
        if amount < MIN_REQUEST {
            return Err(errors::request_too_small(nominal));
        }
        let now = host::timestamp();
        let joined = self.head.join(now, amount, &self.last).map_err(|refusal| match refusal {
            Refusal::Exhausted { batch } => errors::batches_exhausted(batch),
            Refusal::BatchOverflow { nominal: before } => {
                errors::batch_overflow(before, nominal, LIMIT)
            }
        })?;
        let number = joined.number();
        let ticket =
            Ticket { owner: *owner, nominal: amount, is_claimed: false, is_approved: false };

        (self.head, self.last) = (joined.head, joined.batch);
        tickets::give(number, &ticket);
        if joined.is_opened {
            self.open(joined.counted);
        }
        let id = number.word();
        let event = [
            REQUESTED.word(),
            *host::caller().word(),
            *owner.word(),
            id,
            *nominal,
            word::amount(self.last.nominal()),
        ];
        host::log(&event, 4);
        tickets::log_new(owner, &id);
        Ok(number)
    }

    /// Notes that a batch opened, and what waits in the one before.
    #[cold]
    #[inline(never)]
    fn open(&self, counted: u128) {
        let mut sums = head::sums();
        if !mutant(Mutant::RequestSkipsDue) {
            // What the queue holds fits 84 bits.
            sums.waiting = sums.waiting.saturating_add(counted);
        }
        head::store_sums(&sums);
        head::store(&self.head);
        let batch = word::count(self.head.batch().into());
        host::log(&[BATCH_OPENED.word(), batch, word::count(self.last.closes())], 2);
    }

    fn store(&self) {
        batches::store(self.head.batch(), &self.last);
    }
}
