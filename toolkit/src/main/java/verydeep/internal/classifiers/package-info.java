/** Which files hold a classifier. It may change in any version. */
package verydeep.internal.classifiers;
