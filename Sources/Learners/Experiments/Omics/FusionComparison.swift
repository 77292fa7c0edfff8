// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets

/// What a teacher did to a student and to their fusion, from the probabilities that each gives to held-out patients.
struct FusionComparison {
  let labels: ClassLabels
  /// The teacher's probabilities, those of a student trained alone, with the teacher, and with its permutation control: patients × classes.
  let teacher, alone, guided, control: [Double]
  /// The probabilities of one classifier of both modalities' columns: early fusion.
  let early: [Double]

  /// Accuracies, gains, and shares of patients that exactly one of both gets right.
  ///
  /// - Throws: `ClassificationError`.
  func outcomes() throws -> [Run.Outcome] {
    let (direct, distilled) = (fused(alone), fused(guided))
    let (before, after, shuffled) = (try metrics(alone), try metrics(guided), try metrics(control))
    let (fusedBefore, fusedAfter) = (try metrics(direct), try metrics(distilled))
    return [
      .init("teacher accuracy", try metrics(teacher).accuracy), .init("student accuracy", before.accuracy),
      .init("gain accuracy", after.accuracy - before.accuracy),
      .init("control gain accuracy", shuffled.accuracy - before.accuracy),
      .init("gain weighted F1", after.weightedF1 - before.weightedF1),
      .init("gain AUC", after.macroAUC - before.macroAUC), .init("discordance", discordance(alone, guided)),
      .init("fusion accuracy", fusedBefore.accuracy),
      .init("fusion gain accuracy", fusedAfter.accuracy - fusedBefore.accuracy),
      .init("fusion gain AUC", fusedAfter.macroAUC - fusedBefore.macroAUC),
      .init("fusion discordance", discordance(direct, distilled)),
      .init("early fusion accuracy", try metrics(early).accuracy),
    ]
  }

  /// The mean of the teacher's and a student's probabilities.
  private func fused(_ student: [Double]) -> [Double] { zip(teacher, student).map { ($0 + $1) / 2 } }

  private func metrics(_ probabilities: [Double]) throws -> ClassificationMetrics {
    try ClassificationMetrics(probabilities: probabilities, labels: labels.indices, classes: labels.classes.count)
  }

  private func discordance(_ first: [Double], _ second: [Double]) -> Double {
    let classes = labels.classes.count
    func isRight(_ probabilities: [Double], _ row: Int) -> Bool {
      let own = probabilities[(row * classes)..<((row + 1) * classes)]
      return own.firstIndex(of: own.max() ?? 0) == own.startIndex + labels.indices[row]
    }
    let changed = labels.indices.indices.count { isRight(first, $0) != isRight(second, $0) }
    return Double(changed) / Double(labels.rowCount)
  }
}
