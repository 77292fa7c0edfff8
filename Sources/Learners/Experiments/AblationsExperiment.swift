// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import Estimation
import Gaussian
import SeededRuns

/// What the answer depends on: the temperature, the distillation weight, noise in the teacher's inputs, the estimator.
///
/// On pairs of mfeat's views in which each is a teacher once and a student once.
public struct AblationsExperiment: AgreementExperiment {
  /// The pairs of views, teacher first.
  public static let pairs = [
    ("fac", "mor"), ("mor", "fac"), ("pix", "zer"), ("zer", "pix"), ("kar", "fou"), ("fou", "kar"),
  ]
  /// The temperatures T.
  public static let temperatures: [Double] = [1, 2, 3, 4]
  /// The distillation weights λ.
  public static let weights: [Double] = [0.2, 0.3, 0.5, 0.7, 0.8]
  /// The temperature and weight under which noise is varied.
  public static let standard = (temperature: 2.0, weight: 0.5)

  /// The sizes of the parts.
  public var sizes = PartSizes(training: 200, extra: 0, information: 800, test: 1_000)
  /// The standard deviations of the noise in the teacher's inputs, in units of each input's own.
  public var noises: [Double]
  /// The number of seeds.
  public var seedCount: Int
  /// How teachers and students are trained.
  public var training = ClassifierSettings(hiddenWidths: [64], learningRate: 3e-3, weightDecay: 0.001, epochs: 30)
  private let views: [String: LabelledRows]
  var estimators: [any MutualInformationEstimator]

  /// The experiment on mfeat.
  ///
  /// - Throws: `DatasetError` where a view is missing; `ClassificationError`.
  public init(_ data: Dataset, isQuick: Bool) throws {
    var views: [String: LabelledRows] = [:]
    for (name, _) in AblationsExperiment.pairs {
      views[name] = try LabelledRows(try data.modality(name), data.labels)
    }
    self.views = views
    noises = isQuick ? [0, 2] : [0, 0.5, 1, 2]
    seedCount = isQuick ? 2 : 5
    estimators = [KSG(.square), try MINE(), try LatentMI(), GaussianPlugIn()]
  }

  /// `ablations`.
  public var name: String { "ablations" }

  /// Sizes, training and the grid.
  public var settings: [Setting] {
    sizes.settings + training.settings(of: "network") + [
      Setting("weight decay", training.weightDecay),
      Setting("noises", noises.map(\.description).joined(separator: " ")),
      Setting("estimators", estimators.map(\.name).joined(separator: " ")),
      TransferNotes.estimators,
      DataDigest.setting { digest in
        for (_, rows) in views.sorted(by: { $0.key < $1.key }) { digest.add(rows) }
      },
    ]
  }

  /// A trial for each seed and pair.
  public var trials: [ExperimentTrial] {
    (0..<seedCount).flatMap { seed in
      AblationsExperiment.pairs.map { teacher, student in
        ExperimentTrial(replicate: seed, factors: [Setting("teacher", teacher), Setting("student", student)])
      }
    }
  }

  /// The grid of T and λ without noise, and every noise at the standard T and λ.
  public func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
    let (first, second) = (try view(trial.value(of: "teacher")), try view(trial.value(of: "student")))
    let clean = try Transfer(teacher: first, student: second, sizes: sizes, seed: seed)
    let baseline = try clean.baseline(training)
    let labelInformations = estimators.map { clean.labelInformation(baseline.logits, estimator: $0) }
    return try noises.enumerated().flatMap { index, noise in
      let noisy = try first.addingNoise(noise, from: NormalSource(seed: seed, index: UInt64(100 + index)))
      let transfer = try Transfer(teacher: noisy, student: second, sizes: sizes, seed: seed)
      let teacher = try transfer.teacher(.same, training)
      let teacherInformations = try estimators.map {
        try transfer.teacherInformation(teacher, baseline.logits, estimator: $0)
      }
      var informations: [Run.Outcome] = []
      for (place, estimator) in estimators.enumerated() {
        informations.append(.init("i_ts \(estimator.name)", teacherInformations[place]))
        informations.append(.init("i_sy \(estimator.name)", labelInformations[place]))
      }
      let (standard, grid) = (AblationsExperiment.standard, AblationsExperiment.self)
      let points =
        noise == 0
        ? grid.temperatures.flatMap { temperature in grid.weights.map { (temperature, $0) } }
        : [(standard.temperature, standard.weight)]
      return try points.map { temperature, weight in
        Run(
          replicate: trial.replicate,
          factors: trial.factors + [Setting("noise", noise), Setting("T", Int(temperature)), Setting("λ", weight)],
          outcomes: try transfer.outcomes(
            teacher, baseline, weight: weight, temperature: temperature,
            informations: RepresentationInformation(
              teacherStudent: teacherInformations[0], studentLabel: labelInformations[0])) + informations)
      }
    }
  }

  private func view(_ name: String) throws -> LabelledRows {
    guard let rows = views[name] else { preconditionFailure("no view \(name)") }
    return rows
  }

  /// Predictions against gains, gains over the grid, and whether estimators agree.
  public func report(_ runs: [Run]) throws -> ExperimentReport {
    ExperimentReport(
      agreement: try AgreementTable(runs, .init(gain: "gain accuracy", control: "control gain accuracy")),
      tables: try AblationTables(runs, estimators: estimators.map(\.name)).all,
      notes: TransferNotes.common + [
        """
        MINE and latent MI see half of the information rows in training and judge on others; the plug-in takes logits for Gaussian, \
        and has no I(H2;Y), as a class is not. A condition of the rankings is a pair of views and a noise; I(H2;Y) knows no teacher, so there a \
        condition is a student.
        """, TransferNotes.fixedBeforehand,
      ])
  }
}

extension LabelledRows {
  /// The rows with independent normal noise in every column, `scale` times the column's own standard deviation.
  func addingNoise(_ scale: Double, from normals: NormalSource) throws -> LabelledRows {
    if scale == 0 { return self }
    let scaled = FeatureScaling(of: features, columns: featureCount)(features)
    return try LabelledRows(
      features: scaled.map { $0 + scale * normals.normal() }, labels: labels, classCount: classCount)
  }
}
