// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Gaussian

extension ForecastExperiment {
  /// `ablations --forecasts`: the pairs of ``AblationsExperiment`` under softmax students, at T = 1, 2 and 4, with noise in the teacher's inputs.
  ///
  /// The joint teacher sees the views without noise.
  ///
  /// - Throws: `DatasetError` where a view is missing; `ClassificationError`.
  public init(ablationsOf data: Dataset, isQuick: Bool) throws {
    let noises: [Double] = isQuick ? [0, 2] : [0, 0.5, 1, 2]
    let names = AblationsExperiment.pairs.map(\.0)
    let clean = try names.map { try LabelledRows(try data.modality($0), data.labels) }
    // View by view at the first noise, then at the next.
    let views = try noises.enumerated().flatMap { place, noise in
      try names.indices.map { view in
        (
          name: noise == 0 ? names[view] : "\(names[view]) + noise \(noise)",
          rows: try clean[view].addingNoise(noise, from: NormalSource(seed: 1, index: UInt64(100 * view + place)))
        )
      }
    }
    let pairs = AblationsExperiment.pairs.flatMap { teacher, student in
      noises.indices.map { noise in
        (
          teacher: noise * names.count + (names.firstIndex(of: teacher) ?? 0),
          student: names.firstIndex(of: student) ?? 0
        )
      }
    }
    let n = data.rowCount
    self.init(
      ForecastData(views: views, classNames: data.labels.classes, pairs: pairs, joint: Array(names.indices)),
      name: "ablations-forecasts", dataName: data.name,
      sizes: PartSizes(training: n / 10, extra: 4 * n / 10, information: n / 10, test: 4 * n / 10),
      seedCount: isQuick ? 2 : 5, temperatures: isQuick ? [1, 4] : [1, 2, 4])
    weightDecay = nil
  }
}
