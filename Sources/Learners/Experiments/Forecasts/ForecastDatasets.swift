// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets

extension ForecastExperiment {
  /// `spoken`: spectra and prosody of the same recordings of spoken digits, each the teacher of the other; judged on speakers that nobody heard.
  ///
  /// Of six speakers two are held out in every seed; teachers and students have takes of the four others, and forecasts hold these out
  /// one by one, also of the teacher's further rows.
  ///
  /// - Parameters:
  ///   - recordings: the two views, with the digit.
  ///   - speakers: who speaks, for every recording.
  ///   - isQuick: whether fewer seeds are run.
  /// - Throws: ``ExperimentError`` where there are fewer than four speakers; `ClassificationError`.
  public init(spoken recordings: Dataset, speakers: [Int], isQuick: Bool) throws {
    let count = Set(speakers).count
    guard count >= 4, speakers.count == recordings.rowCount else {
      throw ExperimentError.unpairedViews(
        "\(recordings.name): \(count) speakers; two are held out, and of the others one by one, so four are needed")
    }
    let fitted = recordings.rowCount * (count - 2) / count
    let judged = recordings.rowCount - fitted
    self.init(
      ForecastData(
        views: try recordings.modalities.map { ($0.name, try LabelledRows($0, recordings.labels)) },
        classNames: recordings.labels.classes, groups: speakers),
      name: "spoken", dataName: recordings.name,
      sizes: PartSizes(training: fitted / 10, extra: 4 * fitted / 10, information: 4 * judged / 10, test: judged / 2),
      seedCount: isQuick ? 3 : 15, heldOutGroups: 2,
      notes: [
        "\(count) speakers, of whom two are held out in every seed for informations and test; forecasts hold out the others one by one."
      ])
    weightDecay = nil
  }

  /// `av-digits`: images of digits and recordings of spoken ones, paired by their label, in three couplings.
  ///
  /// The prediction, written down before the first run: at coupling 0 the views are independent given the digit by construction, so
  /// I(H1; H2 | Y) = 0 and no teacher, in either direction, gains beyond its soft labels shuffled within class, whatever ΔI says. Of the intervals of
  /// that gain that do not contain 0 there should be no more than the level allows, 5 %.
  ///
  /// - Parameters:
  ///   - images: images of a square number of pixels.
  ///   - recordings: the views of recordings.
  ///   - isQuick: whether fewer seeds are run.
  /// - Throws: ``ExperimentError`` where the classes are not the same; `ClassificationError`.
  public init(images: Modality, of digits: ClassLabels, recordings: Dataset, isQuick: Bool) throws {
    guard digits.classes == recordings.labels.classes else {
      throw ExperimentError.unpairedViews(
        "images of \(digits.classes.joined(separator: " ")) and recordings of \(recordings.labels.classes.joined(separator: " ")); "
          + "to be paired by label they need the same classes")
    }
    let pairing = try LabelPairing(
      [("image", try ImageParts(images, digits).pooled)],
      try recordings.modalities.map { ($0.name, try LabelledRows($0, recordings.labels)) },
      classNames: digits.classes)
    let pairs = zip(digits.counts, recordings.labels.counts).reduce(0) { $0 + min($1.0, $1.1) }
    try self.init(
      pairing, name: "av-digits", dataName: "images and \(recordings.name)",
      sizes: PartSizes(training: pairs / 15, extra: 4 * pairs / 15, information: pairs / 6, test: pairs / 2),
      seedCount: isQuick ? 2 : 10,
      notes: [
        "Predicted before it was run: at coupling 0 the views are independent given the digit, so I(H1;H2|Y) = 0, and nothing is gained beyond "
          + "shuffled soft labels whatever ΔI says: at most about 5 % of those intervals leave 0 out.",
        "Images are averaged over 2 × 2 pixels. Coupled: within each digit, rows that are easy to tell go with easy (+) or with hard (−) ones.",
      ])
    weightDecay = nil
  }

  /// `halves`: the left and right, and the upper and lower half of the same images, each the teacher of its other half.
  ///
  /// - Throws: ``ExperimentError`` where images are not square, or too few; `ClassificationError`.
  public init(halvesOf images: Modality, of digits: ClassLabels, isQuick: Bool) throws {
    let parts = try ImageParts(images, digits)
    let n = digits.rowCount
    self.init(
      ForecastData(
        views: try parts.halves(), classNames: digits.classes,
        pairs: [(0, 1), (1, 0), (2, 3), (3, 2)].map { (teacher: $0.0, student: $0.1) }),
      name: "halves", dataName: images.name,
      sizes: PartSizes(training: n / 25, extra: 4 * n / 25, information: n / 10, test: n / 2),
      seedCount: isQuick ? 2 : 10, notes: ["Images are averaged over 2 × 2 pixels."])
    weightDecay = nil
  }

  /// `omics --forecasts`: views of the same patients, and further patients who lack some of them, whom a teacher can label.
  ///
  /// - Parameters:
  ///   - patients: the views, with the label.
  ///   - further: patients with some of these views, by name.
  ///   - isQuick: whether fewer seeds are run.
  /// - Throws: ``ExperimentError`` where labels or columns of both are not the same; `ClassificationError`.
  public init(patients: Dataset, further: Dataset?, isQuick: Bool) throws {
    var features: [Int: [Double]] = [:]
    if let further {
      guard further.labels.classes == patients.labels.classes else {
        throw ExperimentError.unpairedViews("\(further.name) and \(patients.name) have different classes")
      }
      for (place, view) in patients.modalities.enumerated() {
        guard let own = further.modalities.first(where: { $0.name == view.name }) else { continue }
        guard own.features == view.features else {
          throw ExperimentError.unpairedViews(
            "\(further.name): the columns of \(view.name) are not those of \(patients.name)")
        }
        features[place] = own.values
      }
    }
    let n = patients.rowCount
    self.init(
      ForecastData(
        views: try patients.modalities.map { ($0.name, try LabelledRows($0, patients.labels)) },
        classNames: patients.labels.classes,
        further: further.map { FurtherRows(features: features, labels: $0.labels.indices) }),
      name: "omics-forecasts", dataName: patients.name,
      sizes: PartSizes(training: 2 * n / 5, extra: n / 5, information: n / 5, test: n - 2 * n / 5 - 2 * (n / 5)),
      seedCount: isQuick ? 3 : 40, notes: patients.modalities.flatMap(\.notes))
    weightDecay = nil
  }
}
