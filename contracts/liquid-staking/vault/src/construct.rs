//! The one construction.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::IStakedMetis::Constructed,
    account::Account,
    books::{Books, DEAD_SHARES, DEAD_STAKE},
    entry::{Outcome, Pay},
    erc20, host, managed,
    mutants::{Mutant, mutant},
    slots::vault,
    storage,
    word::{self, Immediate},
};

use crate::{asset, books, enter, errors};

const CONSTRUCTED: Immediate = Immediate::new(Constructed::SIGNATURE_HASH.0);

/// Who holds the dead stake: nobody has the key.
const NOBODY: u64 = 0xdead;

/// Sets asset, pool and authority, and stakes 1 METIS for nobody.
///
/// # Errors
/// `ConstructionRepeated`, `DeadStakeInvalid`, `AssetInvalid`, `AccessManagedInvalidAuthority`;
/// those of eMETIS's `deposit`.
///
/// # Events
/// `AuthorityUpdated`, `Constructed`, `Deposit`, `Transfer`; of eMETIS `Deposited`, `Transfer`.
///
/// # Access
/// Whoever calls first: deploy and construct in one transaction.
pub(crate) fn construct(call: Pay<'_>) -> Outcome {
    let [asset, pool, authority] = call.words()?;
    let (asset, pool) = (call.address(asset)?, call.address(pool)?);
    let authority = call.address(authority)?;
    let moment = books::load();
    if !moment.asset.is_zero() && !mutant(Mutant::ConstructorRepeats) {
        return Err(errors::construction_repeated());
    }
    let (value, needed) = (call.assets(), word::of_u128(DEAD_STAKE));
    if value != needed {
        return Err(errors::dead_stake_invalid(&value, &needed));
    }
    if !asset::is_ours(&asset) {
        return Err(errors::asset_invalid(&asset));
    }

    managed::adopt(&authority)?;
    let dead = Account::low(&word::of_u64(NOBODY));
    let owner = if mutant(Mutant::DeadStakeGiven) { host::caller() } else { dead };
    let shares = word::of_u128(DEAD_SHARES);
    books::store_head(&Books::constructed(moment.now));
    storage::store_account(vault::REWARD, &asset);
    storage::store_account(vault::POOL, &pool);
    erc20::mint(&owner, &shares)?;
    #[cfg(feature = "mutants")]
    emetis_common::mutants::memory::remember_birth();
    host::log(&[CONSTRUCTED.word(), *asset.word(), *pool.word(), *authority.word()], 4);
    enter::log_deposit(&host::caller(), &owner, &needed, &shares);
    asset::deposit(&asset, &needed)?;
    call.commit(&[])
}
