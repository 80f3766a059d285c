//! Every decision of the screen.

use super::{Keeping, KeepingAction, KeepingEffect, KeptCase, Said, Work, WorkKind};
use crate::app::CaseId;

/// What `action` makes of `keeping`, and what is to be done about it.
#[must_use = "the effects are the only way to do anything"]
pub fn update(keeping: &mut Keeping, action: KeepingAction) -> Vec<KeepingEffect> {
    match action {
        KeepingAction::Listed(cases) => {
            keeping.cases = Some(cases);
            let is_here = |id: &CaseId| keeping.case(*id).is_some();
            keeping.renaming = keeping.renaming.filter(is_here);
            Vec::new()
        }
        KeepingAction::RoomKnown(room) => {
            keeping.room = Some(room);
            Vec::new()
        }
        KeepingAction::Changed => vec![KeepingEffect::Look],
        KeepingAction::Progressed(done) => {
            if let Some(work) = &mut keeping.work {
                work.done = done.clamp(0.0, 1.0);
            }
            Vec::new()
        }
        KeepingAction::Done(outcome) => {
            keeping.work = None;
            let said = |text, is_bad| Said { text, is_bad };
            keeping.said = match outcome {
                Ok(text) => text.map(|text| said(text, false)),
                Err(why) => Some(said(why, true)),
            };
            vec![KeepingEffect::Look]
        }
        KeepingAction::StartRenaming(id) => {
            keeping.renaming = id;
            Vec::new()
        }
        KeepingAction::Rename(id, title) => {
            keeping.renaming = None;
            let title = title.trim();
            let is_other = keeping.case(id).is_some_and(|case| case.summary.title != title) && !title.is_empty();
            if is_other { keeping.begin(KeepingEffect::Rename(id, title.to_owned())) } else { Vec::new() }
        }
        KeepingAction::Duplicate(id) => {
            let Some(title) = keeping.case(id).map(|case| format!("{} (copy)", case.summary.title)) else { return Vec::new() };
            keeping.begin(KeepingEffect::Duplicate(id, title))
        }
        KeepingAction::Delete(id) => keeping.begin(KeepingEffect::Bin(id, true)),
        KeepingAction::Restore(id) => keeping.begin(KeepingEffect::Bin(id, false)),
        KeepingAction::AskToDelete(ids) => {
            keeping.sure = ids.filter(|ids| !ids.is_empty());
            Vec::new()
        }
        KeepingAction::DeleteForGood => {
            let ids: Vec<_> = keeping.sure.take().into_iter().flatten().collect();
            // Only what is in the bin: it may have been taken out in another tab.
            let ids: Vec<_> = ids.into_iter().filter(|id| keeping.case(*id).is_some_and(KeptCase::is_deleted)).collect();
            if ids.is_empty() { Vec::new() } else { keeping.begin(KeepingEffect::Delete(ids)) }
        }
        KeepingAction::FreeFetched => keeping.begin(KeepingEffect::FreeFetched),
        KeepingAction::AskForSafety => keeping.begin(KeepingEffect::AskForSafety),
        KeepingAction::Save(ids) => {
            let ids = if ids.is_empty() { keeping.all().iter().map(|case| case.summary.id).collect() } else { ids };
            keeping.work_on(WorkKind::Saving, KeepingEffect::Save(ids))
        }
        KeepingAction::FileGiven => keeping.work_on(WorkKind::Opening, KeepingEffect::Read),
        KeepingAction::Open(id) => vec![KeepingEffect::Go(format!("case={}", id.0))],
        KeepingAction::Close => vec![KeepingEffect::Go(String::new())],
    }
}

impl KeptCase {
    /// True when it is in the bin.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted_ms.is_some()
    }
}

impl Keeping {
    /// Every case that is known.
    #[must_use]
    pub fn all(&self) -> &[KeptCase] {
        self.cases.as_ref().and_then(|cases| cases.as_deref().ok()).unwrap_or_default()
    }

    fn case(&self, id: CaseId) -> Option<&KeptCase> {
        self.all().iter().find(|case| case.summary.id == id)
    }

    fn begin(&mut self, effect: KeepingEffect) -> Vec<KeepingEffect> {
        self.said = None;
        vec![effect]
    }

    /// One piece of long work at a time.
    fn work_on(&mut self, kind: WorkKind, effect: KeepingEffect) -> Vec<KeepingEffect> {
        if self.work.is_some() {
            return Vec::new();
        }
        self.work = Some(Work { kind, done: 0.0 });
        self.begin(effect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::CaseSummary;
    use crate::vision::{PictureFacts, Sha256};

    fn case(id: u32, deleted_ms: Option<f64>) -> KeptCase {
        let photo = PictureFacts { sha256: Sha256([0; 32]), width: 4, height: 3 };
        let (title, board) = (format!("Case {id}"), String::new());
        let summary = CaseSummary { id: CaseId(id), title, board, findings: 0, answered: None, photo, changed_ms: 1.0 };
        KeptCase { summary, deleted_ms, bytes: 10, lost: 0 }
    }

    fn keeping() -> Keeping {
        let mut keeping = Keeping::default();
        assert!(update(&mut keeping, KeepingAction::Listed(Ok(vec![case(1, None), case(2, Some(5.0))]))).is_empty());
        keeping
    }

    #[test]
    fn only_what_is_in_the_bin_is_deleted_for_good_and_only_when_asked() {
        let mut keeping = keeping();
        assert!(update(&mut keeping, KeepingAction::DeleteForGood).is_empty());
        assert!(update(&mut keeping, KeepingAction::AskToDelete(Some(vec![CaseId(1), CaseId(2)]))).is_empty());
        assert_eq!(update(&mut keeping, KeepingAction::DeleteForGood), [KeepingEffect::Delete(vec![CaseId(2)])]);
        assert!(update(&mut keeping, KeepingAction::DeleteForGood).is_empty(), "an answer counts once");
    }

    #[test]
    fn a_name_is_written_when_it_is_another_one() {
        let mut keeping = keeping();
        for (title, is_written) in [("Case 1", false), ("  ", false), (" Other ", true)] {
            assert!(update(&mut keeping, KeepingAction::StartRenaming(Some(CaseId(1)))).is_empty());
            let effects = update(&mut keeping, KeepingAction::Rename(CaseId(1), title.to_owned()));
            let wanted: &[_] = if is_written { &[KeepingEffect::Rename(CaseId(1), "Other".to_owned())] } else { &[] };
            assert_eq!((&effects[..], keeping.renaming), (wanted, None));
        }
    }

    #[test]
    fn one_file_is_written_at_a_time_and_everything_is_in_it() {
        let mut keeping = keeping();
        let all = vec![CaseId(1), CaseId(2)];
        assert_eq!(update(&mut keeping, KeepingAction::Save(Vec::new())), [KeepingEffect::Save(all)]);
        assert!(update(&mut keeping, KeepingAction::Save(vec![CaseId(1)])).is_empty());
        assert!(update(&mut keeping, KeepingAction::Progressed(0.5)).is_empty());
        assert_eq!(keeping.work, Some(Work { kind: WorkKind::Saving, done: 0.5 }));
        assert_eq!(update(&mut keeping, KeepingAction::Done(Err("No room.".to_owned()))), [KeepingEffect::Look]);
        assert_eq!((keeping.work, keeping.said.unwrap().is_bad), (None, true));
    }
}
