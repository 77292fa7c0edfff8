import Classification
import Datasets

extension LabelledRows {
  /// One view of a data set, with its classes.
  ///
  /// - Throws: `ClassificationError`.
  init(_ modality: Modality, _ labels: ClassLabels) throws(ClassificationError) {
    try self.init(
      features: modality.values.map { Float($0) }, labels: labels.indices, classCount: labels.classes.count)
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
    let (classes, colours) = (try labels.integers(), composites.floats)
    let weights: [Float] = [0.299 / 255, 0.587 / 255, 0.114 / 255]
    let grey = stride(from: 0, to: colours.count, by: 3).map { (pixel: Int) -> Float in
      var sum: Float = 0
      for channel in 0..<3 { sum += weights[channel] * colours[pixel + channel] }
      return sum
    }
    try self.init(
      digits: LabelledRows(features: digits.floats.map { $0 / 255 }, labels: classes),
      composites: LabelledRows(features: grey, labels: classes), isQuick: isQuick)
  }
}
