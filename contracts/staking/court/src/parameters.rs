//! The parameters.

use alloy_sol_types::SolEvent;
use emetis_common::{
    abi::ISlashingCourt::{MaxSlashChanged, TimesChanged},
    court::{JAIL_BOUNDS, MAX_SLASH, Rules, TERM_BOUNDS},
    entry::{Outcome, Restricted, Revert},
    host,
    word::{self, Immediate, Word},
};

use crate::{
    errors,
    head::{self, Head},
};

const TIMES_CHANGED: Immediate = Immediate::new(TimesChanged::SIGNATURE_HASH.0);
const MAX_SLASH_CHANGED: Immediate = Immediate::new(MaxSlashChanged::SIGNATURE_HASH.0);

/// Sets the times of proposals made from now on.
///
/// # Errors
/// `ParameterInvalid`, for the first that is out of its bounds.
///
/// # Events
/// `TimesChanged`.
pub(crate) fn set_times(call: Restricted<'_>) -> Outcome {
    let [veto_window, execute_grace, max_jail] = call.words()?;
    let head = head::load();
    let old = head.rules;
    let rules = Rules {
        veto_window: within(veto_window, TERM_BOUNDS)?,
        execute_grace: within(execute_grace, TERM_BOUNDS)?,
        max_jail: within(max_jail, JAIL_BOUNDS)?,
        ..old
    };

    head::store(&Head { rules, ..head });
    let event = [
        TIMES_CHANGED.word(),
        word::of_u64(old.veto_window),
        *veto_window,
        word::of_u64(old.execute_grace),
        *execute_grace,
        word::of_u64(old.max_jail),
        *max_jail,
    ];
    host::log(&event, 1);
    call.commit(&[])
}

/// Sets what can be slashed in a window.
///
/// # Errors
/// `ParameterInvalid`.
///
/// # Events
/// `MaxSlashChanged`.
pub(crate) fn set_max_slash(call: Restricted<'_>) -> Outcome {
    let [max] = call.words()?;
    let head = head::load();
    let max_slash = within(max, (0, MAX_SLASH))?;

    head::store(&Head { rules: Rules { max_slash, ..head.rules }, ..head });
    host::log(&[MAX_SLASH_CHANGED.word(), word::of_u64(head.rules.max_slash), *max], 1);
    call.commit(&[])
}

/// A parameter within its bounds.
fn within(value: &Word, (min, max): (u64, u64)) -> Result<u64, Revert> {
    match word::to_u128_saturating(value) {
        figure if figure < u128::from(min) || figure > u128::from(max) => {
            Err(errors::parameter_invalid(value, min, max))
        }
        figure => Ok(figure as u64),
    }
}
