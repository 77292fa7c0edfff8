// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Estimation
import Foundation
import SeededRuns

/// TCGA: mRNA, copy numbers and proteins of the same patients; each a teacher of each other, and fused with it.
///
/// Fusion is the mean of both classifiers' probabilities: of the teacher's and of a student that was trained alone (direct), or
/// with the teacher (fusion and distillation). Every patient is predicted by classifiers that did not see it.
public struct OmicsExperiment: AgreementExperiment {
  /// The data sets, one a label, of the same patients.
  public let cohorts: [Dataset]
  /// The number of folds.
  public var foldCount = 5
  /// The number of seeds: deals of patients to folds, first weights and batches.
  public var seedCount: Int
  /// The distillation weight λ.
  public var weight = 0.5
  /// The temperature T.
  public var temperature = 2.0
  /// How teachers and students are trained.
  public var training: ClassifierSettings
  /// What a reader should know of the labels and of how numbers were taken.
  public var notesOnChoices = [
    "mRNA is taken as log2(1 + count). Stage and vital status were chosen as labels, and not the published subtypes, which "
      + "were made of the very mRNA and copy numbers. All choices were made before a result was seen."
  ]

  /// The experiment on these data sets, whose names are those of the labels.
  ///
  /// - Throws: ``ExperimentError/unpairedViews(_:)`` where there is none, or fewer than two modalities.
  public init(_ cohorts: [Dataset], isQuick: Bool) throws(ExperimentError) {
    guard let first = cohorts.first, cohorts.allSatisfy({ $0.modalities.count >= 2 }) else {
      throw .unpairedViews("a teacher and a student need a data set of two modalities at least")
    }
    guard cohorts.allSatisfy({ $0.modalities.map(\.name) == first.modalities.map(\.name) }) else {
      throw .unpairedViews("all labels must have the same modalities")
    }
    (self.cohorts, seedCount) = (cohorts, isQuick ? 5 : 50)
    training = ClassifierSettings(
      hiddenWidths: [16], method: .adamW, learningRate: 1e-3, weightDecay: 0.01, batch: 12, epochs: 60)
  }

  /// `omics`.
  public var name: String { "omics" }

  /// Patients, folds, training, λ and T.
  public var settings: [Setting] {
    cohorts.map { Setting("\($0.name) patients", $0.rowCount) } + [Setting("folds", foldCount)]
      + training.settings(of: "network")
      + [
        Setting("weight decay", training.weightDecay), Setting("λ", weight), Setting("T", temperature),
        TransferNotes.estimators(given: "the fold"),
        DataDigest.setting { digest in
          for cohort in cohorts {
            digest.add(cohort.labels.indices)
            for modality in cohort.modalities { digest.add(modality.values) }
          }
        },
      ]
  }

  /// A trial for each seed and label.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in
      cohorts.map { ExperimentTrial(replicate: seed, factors: [Setting("label", $0.name)]) }
    }
  }

  /// Every ordered pair of modalities.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    guard let cohort = cohorts.first(where: { $0.name == trial.value(of: "label") }) else { return [] }
    let round = try OmicsRound(cohort, self, seed: seed)
    return try cohort.modalities.indices.flatMap { teacher in
      try cohort.modalities.indices.filter { $0 != teacher }.map { student in
        Run(
          replicate: trial.replicate,
          factors: trial.factors + [
            Setting("teacher", cohort.modalities[teacher].name), Setting("student", cohort.modalities[student].name),
          ],
          outcomes: try round.outcomes(teacher: teacher, student: student))
      }
    }
  }

  /// Predictions against gains, fusion with and without distillation, and what could have been found.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    let agreement = try AgreementTable(runs, .init(gain: "gain accuracy", control: "control gain accuracy"))
    let patients = cohorts.map(\.rowCount).max() ?? 0
    return ExperimentReport(
      agreement: agreement,
      tables: [try OmicsTables.fusion(runs, cohorts), OmicsTables.power(runs, cohorts)],
      notes: (cohorts.first?.modalities.flatMap(\.notes) ?? []) + [
        OmicsTables.detectability(runs, cohorts),
        "Intervals of the table of predictions are over seeds, that is deals of the same patients to folds, first weights and batches; "
          + "what other patients would change, the standard errors in the table of fusion tell.",
        "H1 and H2 are the logits of held-out patients; \(TransferNotes.methods) Both are given the fold, whose classifiers "
          + "differ, and from \(patients) rows only.",
        "The calibrated and the sharp criterion do not apply: they are theorems about the squared error of a linear student.",
      ] + notesOnChoices)
  }
}
