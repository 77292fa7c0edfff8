// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import SeededRuns

extension LabelledRows {
  /// One view of a data set, with its classes.
  ///
  /// - Throws: `ClassificationError`.
  init(_ modality: Modality, _ labels: ClassLabels) throws(ClassificationError) {
    try self.init(
      features: modality.values, labels: labels.indices, classCount: labels.classes.count)
  }
}

extension LabelledRows {
  /// All columns of several views of the same rows, view after view.
  ///
  /// - Throws: `ClassificationError`, never for views of as many rows.
  /// - Precondition: there is a view.
  init(sideBySide views: [LabelledRows]) throws(ClassificationError) {
    var features: [Double] = []
    features.reserveCapacity(views.reduce(0) { $0 + $1.features.count })
    for row in views[0].labels.indices {
      for view in views { features += view.features[row * view.featureCount..<(row + 1) * view.featureCount] }
    }
    try self.init(features: features, labels: views[0].labels, classCount: views[0].classCount)
  }
}

extension Dataset {
  /// A random sample of rows with the classes in proportion, always the same, in the order of the data.
  ///
  /// - Throws: ``ExperimentError/invalidSetting(name:value:rule:)`` unless there are as many rows; `DatasetError`, `ClassificationError`.
  public func stratifiedSample(rows count: Int) throws -> Dataset {
    guard (2...max(2, rowCount)).contains(count) else {
      throw ExperimentError.invalidSetting(
        name: "rows", value: "\(count)", rule: "the data have \(rowCount); 2 to so many can be taken")
    }
    var source = RandomSource(seed: 0, index: 0)
    let order = try LabelledRows(modalities[0], labels).stratifiedOrder(using: &source)
    let rows = order.prefix(count).sorted()
    return try Dataset(
      name, modalities: modalities.map { $0.selecting(rows: rows) },
      labels: ClassLabels(rows.map { labels.classes[labels.indices[$0]] }))
  }
}

extension ImagesExperiment {
  /// The files in the folder of the images.
  static let files = (
    digits: "mnist-images-idx3-ubyte.gz", labels: "mnist-labels-idx1-ubyte.gz", composites: "mnistm-images.npy"
  )

  /// The experiment on the files of a folder: MNIST in IDX, MNIST-M as an array of n × side × side × 3 bytes.
  ///
  /// Composites become grey (ITU-R BT.601 luma), so that teacher and student have the same architecture.
  ///
  /// - Throws: `DataFileError`, `ArrayFileError`, `ClassificationError` or ``ExperimentError``.
  public init(folder: String, isQuick: Bool) throws {
    func array(_ name: String) throws -> NumericArray { try DataFile("\(folder)/\(name)").array() }
    let (files, labels) = (ImagesExperiment.files, try array(ImagesExperiment.files.labels))
    let (digits, composites) = (try array(files.digits), try array(files.composites))
    guard digits.shape.count == 3, labels.shape == [digits.shape[0]] else {
      throw ExperimentError.unpairedViews(
        "\(folder): \(files.digits) has the shape \(digits.shape) and \(files.labels) \(labels.shape); n × side × side "
          + "and n are needed")
    }
    guard composites.shape == digits.shape + [3] else {
      throw ExperimentError.unpairedViews(
        "\(folder): \(files.composites) has the shape \(composites.shape); for digits of \(digits.shape) it must be "
          + "\(digits.shape + [3])")
    }
    let (classes, colours) = (try labels.integers(), try composites.levels())
    let weights = [0.299, 0.587, 0.114]
    let grey = stride(from: 0, to: colours.count, by: 3).map { (pixel: Int) -> Double in
      var sum = 0.0
      for channel in 0..<3 { sum += weights[channel] * colours[pixel + channel] }
      return sum
    }
    try self.init(
      digits: LabelledRows(features: digits.levels(), labels: classes),
      composites: LabelledRows(features: grey, labels: classes), isQuick: isQuick)
  }
}

extension NumericArray {
  /// The levels of images, 0 to 1: bytes by 255; of other numbers the least becomes 0 and the greatest 1, whatever their unit and offset.
  ///
  /// - Throws: `ArrayFileError` where a number is not finite.
  fileprivate func levels() throws -> [Double] {
    if case .uint8(let bytes) = elements { return bytes.map { Double($0) / 255 } }
    try requireFinite()
    let values = doubles
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    // Halves, so that no difference overflows.
    let range = greatest / 2 - least / 2
    return values.map { range > 0 ? ($0 / 2 - least / 2) / range : 0 }
  }
}
