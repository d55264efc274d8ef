/**
 * What answers for an image of which nothing is known: classifiers, their answers for one image,
 * and for a folder of them.
 */
package verydeep.classification;
